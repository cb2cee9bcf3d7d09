package io.haulwatch.console.notifications;

import io.haulwatch.console.notifications.LearningStore.Account;
import io.haulwatch.console.notifications.OperatorWebhook.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the operator says about notifications.
 *
 * @param targets where programs may be told
 * @param mail how letters go out, null without a mail server
 * @param publicUrl the console's address for links, without a slash at its end; null: no links
 * @param codes who brings the codes to drivers' phones by which they sign in, null: people of the centre tell them
 * @param learning where what was learnt is sent as statements, null: nowhere
 */
public record NotificationOptions(
        TargetRule targets,
        @Nullable Mail mail,
        @Nullable String publicUrl,
        @Nullable Place codes,
        @Nullable Account learning) {
    /** Programs in the public network by https, no letters, no links. */
    public static final NotificationOptions NONE =
            new NotificationOptions(TargetRule.PUBLIC_ONLY, null, null, null, null);

    public NotificationOptions {
        if (publicUrl != null && publicUrl.endsWith("/")) {
            publicUrl = publicUrl.substring(0, publicUrl.length() - 1);
        }
    }

    /** How the way to the mail server is guarded. */
    public enum Security {
        /** Plain at first, then TLS; without it nothing is sent. */
        STARTTLS,
        TLS,
        /** For a server on this machine. */
        NONE
    }

    /**
     * The mail server.
     *
     * @param user empty for a server that asks for no sign-in
     * @param password empty if it lies in the file
     * @param passwordFile read for each letter, so that it can be changed; null without one
     * @param from the sender's address
     */
    public record Mail(
            String host,
            int port,
            Security security,
            String user,
            String password,
            @Nullable Path passwordFile,
            String from) {
        String secret() throws IOException {
            return passwordFile == null
                    ? password
                    : Files.readString(passwordFile).strip();
        }

        /** Never shows the password. */
        @Override
        public String toString() {
            return "Mail[" + host + ":" + port + "]";
        }
    }
}
