package io.haulwatch.console.provider;

import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The provider as this installation uses it: what it says about itself, where browsers are sent, and who somebody is that comes back. It
 * is asked about itself at the start and then now and then; while it does not answer, everything else goes on.
 */
final class Provider implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    /** What it says about itself is asked again after this time. */
    private static final Duration BELIEVED = Duration.ofHours(1);
    /** After a failure it is left alone for this time. */
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);

    private static final long LONGEST_WAIT_SECONDS = 6;

    private final ProviderOptions options;
    private final InstantSource clock;
    private final Executor workers;
    private final ProviderHttp http = new ProviderHttp();
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable Known known;
    private volatile @Nullable Failure failure;

    Provider(ProviderOptions options, InstantSource clock, Executor workers) {
        this.options = options;
        this.clock = clock;
        this.workers = workers;
    }

    /** What the provider says about itself. */
    private record Known(OIDCProviderMetadata metadata, IdTokens tokens, Instant readAt) {}

    private record Failure(String words, Instant at) {}

    ProviderOptions options() {
        return options;
    }

    /** Whether it answered when it was last asked about itself; asks again in the background if that is some time ago. */
    boolean answers() {
        lookSoon();
        return failure == null;
    }

    /** Asks it about itself in the background, unless that was done a moment ago. */
    void lookSoon() {
        if (fresh() != null || leftAlone() != null || !looking.compareAndSet(false, true)) {
            return;
        }
        try {
            workers.execute(() -> {
                try {
                    known();
                } catch (Cause.Refused e) {
                    LOG.debug("the provider is asked again later: {}", e.getMessage());
                } finally {
                    looking.set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            looking.set(false);
        }
    }

    /** Where a browser is sent to sign in. */
    URI address(String state, String nonce, CodeVerifier verifier) throws Cause.Refused {
        OIDCProviderMetadata metadata = known().metadata;
        AuthenticationRequest.Builder request = new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope(options.scopes().toArray(String[]::new)),
                        new ClientID(options.clientId()),
                        URI.create(options.redirectUri()))
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(new State(state))
                .nonce(new Nonce(nonce))
                .codeChallenge(verifier, CodeChallengeMethod.S256);
        if (!options.acrs().isEmpty()) {
            request.acrValues(options.acrs().stream().map(ACR::new).toList());
        }
        return request.build().toURI();
    }

    /**
     * Who came back.
     *
     * @param issuer that the answer names (RFC 9207), null if it names none
     */
    JWTClaimsSet whoCameBack(String code, @Nullable String issuer, PendingSignIns.Begun begun) throws Cause.Refused {
        Known provider = known();
        if (issuer == null
                ? provider.metadata.supportsAuthorizationResponseIssuerParam()
                : !issuer.equals(options.issuer())) {
            throw new Cause.Refused(Cause.TOKEN_INVALID, "the answer names another issuer");
        }
        TokenRequest request = new TokenRequest.Builder(
                        provider.metadata.getTokenEndpointURI(),
                        authentication(provider.metadata),
                        new AuthorizationCodeGrant(
                                new AuthorizationCode(code), URI.create(options.redirectUri()), begun.verifier()))
                .build();
        TokenResponse answer;
        try {
            answer = OIDCTokenResponseParser.parse(request.toHTTPRequest().send(http));
        } catch (IOException | ParseException e) {
            LOG.warn("the provider does not answer as it should: issuer={}: {}", options.issuer(), e.getMessage());
            throw new Cause.Refused(Cause.PROVIDER_AWAY, String.valueOf(e.getMessage()));
        }
        if (!answer.indicatesSuccess()) {
            throw refused(answer.toErrorResponse().getErrorObject());
        }
        JWT token =
                ((OIDCTokenResponse) answer.toSuccessResponse()).getOIDCTokens().getIDToken();
        if (token == null) {
            throw new Cause.Refused(Cause.TOKEN_INVALID, "there is no ID token");
        }
        return provider.tokens.verified(token, begun.nonce());
    }

    @Override
    public void close() {
        http.close();
    }

    private Cause.Refused refused(@Nullable ErrorObject error) {
        String code = error == null || error.getCode() == null ? "no reason" : error.getCode();
        if (error != null && (error.getCode() == null || error.getHTTPStatusCode() >= 500)) {
            return new Cause.Refused(Cause.PROVIDER_AWAY, "it answers " + error.getHTTPStatusCode());
        }
        if (OAuth2Error.INVALID_CLIENT.getCode().equals(code)
                || OAuth2Error.UNAUTHORIZED_CLIENT.getCode().equals(code)) {
            LOG.warn(
                    "the provider refuses this installation: issuer={}, error={}; check oidc.client_id and its secret",
                    options.issuer(),
                    code);
            return new Cause.Refused(Cause.PROVIDER_SETUP, code);
        }
        return new Cause.Refused(Cause.CODE_REFUSED, code);
    }

    private ClientAuthentication authentication(OIDCProviderMetadata metadata) throws Cause.Refused {
        ClientID id = new ClientID(options.clientId());
        Secret secret;
        try {
            secret = new Secret(options.secret().read());
        } catch (IOException e) {
            LOG.warn("nobody can sign in through the provider: {}", e.getMessage());
            throw new Cause.Refused(Cause.PROVIDER_SETUP, "the client secret cannot be read");
        }
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        boolean basic = methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return basic ? new ClientSecretBasic(id, secret) : new ClientSecretPost(id, secret);
    }

    private @Nullable Known fresh() {
        Known last = known;
        return last != null && clock.instant().isBefore(last.readAt.plus(BELIEVED)) ? last : null;
    }

    private @Nullable Failure leftAlone() {
        Failure last = failure;
        return last != null && clock.instant().isBefore(last.at.plus(LEFT_ALONE)) ? last : null;
    }

    private Known known() throws Cause.Refused {
        Known last = fresh();
        if (last != null) {
            return last;
        }
        try {
            if (!asking.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Cause.Refused(Cause.PROVIDER_AWAY, "it is being asked about itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cause.Refused(Cause.PROVIDER_AWAY, "the console stops");
        }
        try {
            last = fresh();
            if (last != null) {
                return last;
            }
            Known old = known;
            Failure recent = leftAlone();
            if (recent == null) {
                try {
                    return asked();
                } catch (IOException | ParseException e) {
                    recent = failed(String.valueOf(e.getMessage()));
                }
            }
            if (old != null) {
                return old;
            }
            throw new Cause.Refused(Cause.PROVIDER_AWAY, recent.words);
        } finally {
            asking.unlock();
        }
    }

    private Known asked() throws IOException, ParseException {
        options.secret().read();
        String base = options.issuer();
        URI address = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + WELL_KNOWN);
        OIDCProviderMetadata metadata =
                OIDCProviderMetadata.parse(http.get(address).getContent());
        if (!metadata.getIssuer().equals(new Issuer(options.issuer()))) {
            throw new IOException("it calls itself " + metadata.getIssuer() + ", not " + options.issuer());
        }
        for (URI endpoint : new @Nullable URI[] {
            metadata.getAuthorizationEndpointURI(), metadata.getTokenEndpointURI(), metadata.getJWKSetURI()
        }) {
            if (endpoint == null || !ProviderOptions.isGuarded(endpoint)) {
                throw new IOException(
                        "an address that it names is missing, or neither https nor on loopback: " + endpoint);
            }
        }
        IdTokens tokens = new IdTokens(
                options.issuer(),
                options.clientId(),
                JWKSourceBuilder.<SecurityContext>create(metadata.getJWKSetURI().toURL(), http)
                        .refreshAheadCache(false)
                        .build(),
                clock);
        Known now = new Known(metadata, tokens, clock.instant());
        if (failure != null || known == null) {
            LOG.info("people can sign in through the provider: issuer={}", options.issuer());
        }
        known = now;
        failure = null;
        return now;
    }

    private Failure failed(String words) {
        Failure last = failure;
        if (last == null || !last.words.equals(words)) {
            LOG.warn(
                    "nobody can sign in through the provider, passwords are not touched by that: issuer={}: {}",
                    options.issuer(),
                    words);
        }
        Failure now = new Failure(words, clock.instant());
        failure = now;
        return now;
    }
}
