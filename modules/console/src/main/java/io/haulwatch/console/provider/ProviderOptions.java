package io.haulwatch.console.provider;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The organisation's OpenID Connect provider, as the configuration names it.
 *
 * @param issuer identifier of the provider, exactly as its tokens say it; https, or http on loopback
 * @param clientId by which the provider knows this installation
 * @param secret what the provider gave together with the client id; read when it is needed, so that a new file needs no restart
 * @param redirectUri where the provider sends browsers back to, exactly as registered there
 * @param name shown on the button; empty for pages to name it
 * @param claim of the ID token that names the account
 * @param scopes asked for, {@code openid} among them
 * @param acrs values of {@code acr} by which the provider says that it asked for a second factor
 * @param amrs values of {@code amr} that say the same
 */
public record ProviderOptions(
        String issuer,
        String clientId,
        Secret secret,
        String redirectUri,
        String name,
        String claim,
        Set<String> scopes,
        Set<String> acrs,
        Set<String> amrs) {

    /** Path of {@link #redirectUri}. */
    public static final String CALLBACK = "/api/v1/session/provider/callback";

    /** The claim that counts only if the provider says that it is verified. */
    public static final String EMAIL = "email";

    private static final int LONGEST_SECRET_FILE = 4_096;

    public ProviderOptions {
        scopes = Set.copyOf(scopes);
        acrs = Set.copyOf(acrs);
        amrs = Set.copyOf(amrs);
        URI issuerUri = uri("oidc.issuer", issuer);
        if (!isGuarded(issuerUri)) {
            throw new IllegalArgumentException("oidc.issuer is an https address (http on loopback only): " + issuer);
        }
        if (issuerUri.getQuery() != null || issuerUri.getFragment() != null || issuerUri.getUserInfo() != null) {
            throw new IllegalArgumentException("oidc.issuer has no ?, # or user name: " + issuer);
        }
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("oidc.client_id is missing; the provider gives it out");
        }
        URI back = uri("oidc.redirect_uri", redirectUri);
        if (!isGuarded(back)
                || !CALLBACK.equals(back.getRawPath())
                || back.getQuery() != null
                || back.getFragment() != null) {
            throw new IllegalArgumentException(
                    "oidc.redirect_uri is the console's own https address (http on loopback only)" + " with the path "
                            + CALLBACK + ": " + redirectUri);
        }
        if (claim.isBlank()) {
            throw new IllegalArgumentException("oidc.account_claim names a claim, such as email or sub");
        }
        if (!scopes.contains("openid")) {
            throw new IllegalArgumentException("oidc.scopes has openid among them: " + String.join(" ", scopes));
        }
    }

    /** Whether the provider's claim is an e-mail address, which counts in any case of its letters and verified only. */
    public boolean byEmail() {
        return claim.equals(EMAIL);
    }

    /** What a claim says, as it is compared. */
    public String comparable(String said) {
        return byEmail() ? said.strip().toLowerCase(Locale.ROOT) : said.strip();
    }

    /** Whether nobody on the way can read along: https, or a host of this very machine. */
    static boolean isGuarded(URI uri) {
        String host = uri.getHost();
        return host != null
                && ("https".equalsIgnoreCase(uri.getScheme())
                        || ("http".equalsIgnoreCase(uri.getScheme())
                                && (host.equals("127.0.0.1") || host.equals("[::1]") || host.equals("localhost"))));
    }

    private static URI uri(String key, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(key + " is no address: " + text, e);
        }
    }

    /**
     * The client's secret, of the environment or of a file; never shown.
     *
     * @param given empty if it stands in a file
     * @param file null if it was given
     */
    public record Secret(String given, @Nullable Path file) {
        public Secret {
            if (given.isEmpty() == (file == null)) {
                throw new IllegalArgumentException("give either oidc.client_secret, best as an environment variable,"
                        + " or oidc.client_secret_file");
            }
        }

        /** @throws IOException with a sentence for people, if the file cannot be read or holds no secret */
        String read() throws IOException {
            if (file == null) {
                return given;
            }
            String text;
            try {
                text = Files.size(file) > LONGEST_SECRET_FILE
                        ? ""
                        : Files.readString(file).strip();
            } catch (IOException e) {
                throw new IOException("oidc.client_secret_file cannot be read: " + e, e);
            }
            if (text.isEmpty()) {
                throw new IOException("oidc.client_secret_file holds no secret: file=" + file);
            }
            return text;
        }

        @Override
        public String toString() {
            return "Secret[" + (file == null ? "given" : file) + "]";
        }
    }
}
