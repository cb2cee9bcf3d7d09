package io.haulwatch.console.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies ID tokens as OpenID Connect Core 1.0 §3.1.3.7 asks: a signature by one of the provider's published keys with an algorithm that has a
 * private half, issuer, audience, authorised party, nonce, and times by our own clock. Unsigned tokens, and ones that are signed with
 * a secret, are none.
 */
final class IdTokens {
    /** How far the provider's clock may be from ours. */
    static final int CLOCK_SKEW_SECONDS = 60;

    /** What a provider may sign with; {@code none} and the secret-based ones are not among them. */
    private static final Set<JWSAlgorithm> SIGNED_WITH = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final String issuer;
    private final String clientId;
    private final JWKSource<SecurityContext> keys;
    private final InstantSource clock;

    IdTokens(String issuer, String clientId, JWKSource<SecurityContext> keys, InstantSource clock) {
        this.issuer = issuer;
        this.clientId = clientId;
        this.keys = keys;
        this.clock = clock;
    }

    /** What a token says, if it proves it. @param nonce that was sent along when the sign-in began */
    JWTClaimsSet verified(JWT token, String nonce) throws Cause.Refused {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(SIGNED_WITH, keys));
        processor.setJWTClaimsSetVerifier(new Claims(issuer, clientId, nonce, clock));
        try {
            return processor.process(token, null);
        } catch (KeySourceException e) {
            throw new Cause.Refused(Cause.PROVIDER_AWAY, "its keys cannot be read: " + e.getMessage());
        } catch (BadJOSEException | JOSEException e) {
            throw new Cause.Refused(Cause.TOKEN_INVALID, String.valueOf(e.getMessage()));
        }
    }

    /** The claims that every ID token has to have right. */
    private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final String clientId;
        private final InstantSource clock;

        Claims(String issuer, String clientId, String nonce, InstantSource clock) {
            super(
                    clientId,
                    new JWTClaimsSet.Builder()
                            .issuer(issuer)
                            .claim("nonce", nonce)
                            .build(),
                    Set.of("sub", "exp", "iat"));
            this.clientId = clientId;
            this.clock = clock;
            setMaxClockSkew(CLOCK_SKEW_SECONDS);
        }

        @Override
        public void verify(JWTClaimsSet claims, @Nullable SecurityContext context) throws BadJWTException {
            super.verify(claims, context);
            Instant latest = clock.instant().plusSeconds(CLOCK_SKEW_SECONDS);
            if (claims.getIssueTime().toInstant().isAfter(latest)) {
                throw new BadJWTException("JWT issued in the future");
            }
            Object party = claims.getClaim("azp");
            List<String> audience = claims.getAudience();
            if (party == null ? audience.size() > 1 : !clientId.equals(party)) {
                throw new BadJWTException("JWT azp claim value rejected");
            }
            String subject = claims.getSubject();
            if (subject.isBlank() || subject.length() > 255) {
                throw new BadJWTException("JWT sub claim value rejected");
            }
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
