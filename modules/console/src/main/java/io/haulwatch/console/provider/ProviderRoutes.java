package io.haulwatch.console.provider;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.haulwatch.console.audit.AuditLog;
import io.haulwatch.console.http.Answer;
import io.haulwatch.console.http.Call;
import io.haulwatch.console.http.Refusal;
import io.haulwatch.console.http.Route;
import io.haulwatch.console.provider.PendingSignIns.Begun;
import io.haulwatch.console.provider.PendingSignIns.Known;
import io.haulwatch.console.provider.ProviderLinks.Owner;
import io.haulwatch.console.provider.ProviderLinks.Person;
import io.haulwatch.console.session.Entrance;
import io.haulwatch.console.session.RandomToken;
import io.haulwatch.console.session.Right;
import io.haulwatch.console.session.SignInLimits;
import io.haulwatch.console.session.SignInWay;
import io.haulwatch.store.scope.ScopedDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signing in through the organisation's provider: a page begins, the browser goes there and comes back to the callback, and whoever owes a
 * code of our own says it. The callback answers with a way to a page, never with an address that somebody else chose.
 */
public final class ProviderRoutes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderRoutes.class);
    private static final String PROVIDER = "/api/v1/session/provider";
    /** Sign-ins under way at once. */
    private static final int MOST_UNDER_WAY = 2_000;
    /** Calls that may wait for the provider at once, and those of one address. */
    private static final int MOST_WAITING = 32;

    private static final int MOST_WAITING_OF_ONE = 8;
    private static final int LONGEST_CODE = 4_096;
    private static final int LONGEST_STATE = 128;
    private static final int LONGEST_NEXT = 500;
    /** Strangers who come back without having gone, of one address. */
    private static final String STRANGER = "provider";
    /** A page of our own: one slash in front, nothing that a browser would take for a host. */
    private static final Pattern OWN_PAGE =
            Pattern.compile("/(?:[A-Za-z0-9._~%!$&'()*+,;=:@?-][A-Za-z0-9._~%!$&'()*+,;=:@?/-]*)?");

    private static final Pattern ERROR_WORD = Pattern.compile("[a-z_]{1,64}");

    private final @Nullable Provider provider;
    private final ProviderLinks links;
    private final Entrance entrance;
    private final BrowserCookie cookie;
    private final SecureRandom random;
    private final InstantSource clock;
    private final PendingSignIns underWay = new PendingSignIns(MOST_UNDER_WAY);
    private final SignInLimits strangers = new SignInLimits();
    private final Places places = new Places(MOST_WAITING, MOST_WAITING_OF_ONE);

    /**
     * Routes of a provider.
     *
     * @param options null without one: then nobody begins
     * @param secure whether browsers reach the console by https
     * @param workers may wait
     */
    public ProviderRoutes(
            @Nullable ProviderOptions options,
            boolean secure,
            Entrance entrance,
            AuditLog audit,
            ScopedDatabase database,
            Executor workers,
            SecureRandom random,
            InstantSource clock) {
        this.provider = options == null ? null : new Provider(options, clock, workers);
        this.links = new ProviderLinks(database, audit);
        this.entrance = entrance;
        this.cookie = new BrowserCookie(secure);
        this.random = random;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(PROVIDER, Right.PUBLIC, this::look),
                Route.post(PROVIDER, Right.PUBLIC, this::begin),
                Route.get(ProviderOptions.CALLBACK, Right.PUBLIC, this::comeBack),
                Route.post(PROVIDER + "/code", Right.PUBLIC, this::sayCode));
    }

    /** Asks the provider about itself for the first time; whatever it answers, the console starts. */
    public void start() {
        if (provider != null) {
            provider.lookSoon();
        }
    }

    @Override
    public void close() {
        if (provider != null) {
            provider.close();
        }
    }

    private Answer look(Call call) {
        return Answer.json(
                provider == null
                        ? new ProviderView(false, null, null, false)
                        : new ProviderView(
                                true,
                                provider.options().name().isBlank()
                                        ? null
                                        : provider.options().name(),
                                provider.options().claim(),
                                provider.answers()));
    }

    private Answer begin(Call call) {
        Provider there = there();
        String next = call.optionalText("next", LONGEST_NEXT);
        if (next != null && !OWN_PAGE.matcher(next).matches()) {
            throw Refusal.badValue("\"next\" is the path of a page of this console, such as /map.");
        }
        Instant now = clock.instant();
        String state = RandomToken.make(random);
        String nonce = RandomToken.make(random);
        String browser = RandomToken.make(random);
        CodeVerifier verifier = new CodeVerifier(RandomToken.make(random));
        String address;
        try {
            address = places.within(call.address(), () -> there.address(state, nonce, verifier))
                    .toString();
        } catch (Cause.Refused e) {
            throw e.why() == Cause.BUSY
                    ? Refusal.unavailable("Too many sign-ins at once; try again in a few seconds.", 2)
                    : Refusal.unavailable(
                            e.why().word(),
                            "The sign-in of your organisation does not answer now; sign in with user name and password.",
                            10);
        }
        underWay.keep(
                state,
                new Begun(PendingSignIns.hash(browser), nonce, verifier, next == null ? "/" : next, call.token()),
                call.address(),
                now.plus(PendingSignIns.TO_RETURN),
                now);
        return Answer.json(new BegunView(address)).with("Set-Cookie", cookie.set(browser, PendingSignIns.TO_RETURN));
    }

    private Answer comeBack(Call call) {
        Provider there = there();
        String next = "/";
        try {
            Begun begun = begun(call);
            next = begun.next();
            return enter(there, begun, call);
        } catch (Cause.Refused e) {
            note(e, call);
            return refused(e.why(), next);
        } catch (SQLException e) {
            LOG.warn("somebody could not be looked up", e);
            return refused(Cause.DATABASE_AWAY, next);
        }
    }

    private Begun begun(Call call) throws Cause.Refused {
        String state = call.query().getOrDefault("state", "");
        String browser = cookie.tokenOf(call.cookies());
        Begun begun = state.isEmpty() || state.length() > LONGEST_STATE
                ? null
                : underWay.take(state, Begun.class, clock.instant()).orElse(null);
        if (begun == null) {
            throw new Cause.Refused(Cause.SIGN_IN_EXPIRED, "the state is unknown, used or over");
        }
        if (browser == null || !begun.browser().equals(PendingSignIns.hash(browser))) {
            throw new Cause.Refused(Cause.SIGN_IN_EXPIRED, "another browser began");
        }
        return begun;
    }

    private Answer enter(Provider there, Begun begun, Call call) throws Cause.Refused, SQLException {
        String error = call.query().get("error");
        if (error != null) {
            throw new Cause.Refused(
                    Cause.PROVIDER_REFUSED, ERROR_WORD.matcher(error).matches() ? error : "an unreadable reason");
        }
        String code = call.query().getOrDefault("code", "");
        if (code.isEmpty() || code.length() > LONGEST_CODE) {
            throw new Cause.Refused(Cause.CODE_REFUSED, "there is no code");
        }
        JWTClaimsSet said = places.within(
                call.address(), () -> there.whoCameBack(code, call.query().get("iss"), begun));
        Owner owner = owner(there.options(), said, call);
        boolean vouched = vouched(there.options(), said);
        if (vouched || !entrance.hasFactor(owner.userId())) {
            SignInWay way = vouched ? SignInWay.PROVIDER_VOUCHED : SignInWay.PROVIDER;
            String factor = vouched ? "provider" : "none";
            Entrance.Opened opened = open(owner, way, factor, begun.replacedToken(), call);
            return Answer.goTo(begun.next()).with("Set-Cookie", opened.setCookie());
        }
        Instant now = clock.instant();
        String browser = RandomToken.make(random);
        underWay.keep(
                browser,
                new Known(
                        owner.userId(),
                        owner.username(),
                        there.options().issuer(),
                        said.getSubject(),
                        begun.replacedToken()),
                call.address(),
                now.plus(PendingSignIns.TO_SAY_CODE),
                now);
        return Answer.goTo(signInPage("step=code", begun.next()))
                .with("Set-Cookie", cookie.set(browser, PendingSignIns.TO_SAY_CODE));
    }

    private Answer sayCode(Call call) throws SQLException {
        there();
        String code = call.text("code", 1, Entrance.LONGEST_CODE);
        String browser = cookie.tokenOf(call.cookies());
        Known known = browser == null
                ? null
                : underWay.look(browser, Known.class, clock.instant()).orElse(null);
        if (known == null || browser == null) {
            throw expired();
        }
        entrance.refuseTooMany(known.username(), call);
        boolean recovery = entrance.askForCode(known.userId(), known.username(), code, call);
        // Taken after the code, which nobody says twice: a wrong one may be said again.
        if (underWay.take(browser, Known.class, clock.instant()).isEmpty() || !links.stands(known)) {
            throw expired();
        }
        return open(
                        new Owner(known.userId(), known.username()),
                        SignInWay.PROVIDER,
                        recovery ? "recovery code" : "own",
                        known.replacedToken(),
                        call)
                .answer();
    }

    private Entrance.Opened open(Owner owner, SignInWay way, String factor, @Nullable String replaced, Call call)
            throws SQLException {
        return entrance.open(
                owner.userId(),
                owner.username(),
                way,
                false,
                replaced,
                Map.of("by", "provider", "second_factor", factor),
                call);
    }

    private Owner owner(ProviderOptions options, JWTClaimsSet said, Call call) throws Cause.Refused, SQLException {
        Cause.Refused unnamed = null;
        String name = "";
        if (!(said.getClaim(options.claim()) instanceof String claimed)
                || claimed.isBlank()
                || claimed.length() > 254) {
            unnamed = new Cause.Refused(Cause.CLAIM_MISSING, "claim=" + options.claim());
        } else {
            name = options.comparable(claimed);
            if (options.byEmail() && !isTrue(said.getClaim("email_verified"))) {
                unnamed = Cause.Refused.of(Cause.EMAIL_NOT_VERIFIED, name, null);
            }
        }
        return links.owner(
                new Person(options.issuer(), said.getSubject(), options.claim(), name),
                unnamed,
                call.address(),
                clock.instant());
    }

    /** Some providers send the word instead of the value. */
    private static boolean isTrue(@Nullable Object claim) {
        return Boolean.TRUE.equals(claim) || "true".equals(claim);
    }

    /** Whether the provider says that it asked for a second factor, in a word that the configuration names. */
    private static boolean vouched(ProviderOptions options, JWTClaimsSet said) {
        if (said.getClaim("acr") instanceof String acr && options.acrs().contains(acr)) {
            return true;
        }
        try {
            List<String> amr = said.getStringListClaim("amr");
            return amr != null && amr.stream().filter(Objects::nonNull).anyMatch(options.amrs()::contains);
        } catch (ParseException e) {
            return false;
        }
    }

    /** The audit of one who did not enter; those of one address who never began are not written down without end. */
    private void note(Cause.Refused refused, Call call) {
        if (refused.why() == Cause.SIGN_IN_EXPIRED) {
            Instant now = clock.instant();
            boolean told = strangers.waitFor(STRANGER, call.address(), now).isZero();
            strangers.failed(STRANGER, call.address(), now);
            if (!told) {
                return;
            }
        }
        Map<String, String> detail = new HashMap<>(refused.detail());
        detail.put("by", "provider");
        detail.put("why", refused.why().word());
        try {
            entrance.note(refused.userId(), "session.refused", "", detail, call);
        } catch (SQLException e) {
            LOG.warn("a refused sign-in could not be written down: why={}: {}", refused.why(), e.getMessage());
        }
    }

    private Provider there() {
        if (provider == null) {
            throw Refusal.notFound("This installation has no OpenID Connect provider; see oidc.issuer.");
        }
        return provider;
    }

    private static Answer refused(Cause why, String next) {
        return Answer.goTo(signInPage("refused=" + why.word(), next));
    }

    private static String signInPage(String query, String next) {
        return "/sign-in?" + query
                + (next.equals("/") ? "" : "&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
    }

    private static Refusal expired() {
        return Refusal.signInNeeded("sign-in-expired", "This sign-in is over; begin again.");
    }

    /**
     * What the sign-in page needs to know.
     *
     * @param name null for pages to name it
     * @param claim that names accounts, null without a provider
     * @param answers whether the provider answered when it was last asked
     */
    record ProviderView(
            boolean configured,
            @Nullable String name,
            @Nullable String claim,
            boolean answers) {}

    /** @param address where the browser goes now */
    record BegunView(String address) {}
}
