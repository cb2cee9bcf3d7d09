package io.haulwatch.console.notifications;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haulwatch.console.notifications.NotificationOptions.Mail;
import io.haulwatch.console.notifications.NotificationOptions.Security;
import io.haulwatch.console.notifications.Outcome.Arrived;
import io.haulwatch.console.notifications.Outcome.Failed;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.UUID;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;

/** Hands letters to the operator's mail server (SMTP, RFC 5321). A letter's Message-ID is its delivery's id, so that one that comes twice is one. */
final class MailChannel implements Channel {
    private static final String CONNECT_MILLIS = "5000";
    private static final String ANSWER_MILLIS = "10000";

    private final @Nullable Mail mail;
    private final ObjectMapper json;

    /** @param mail null without a mail server: letters wait and say so */
    MailChannel(@Nullable Mail mail, ObjectMapper json) {
        this.mail = mail;
        this.json = json;
    }

    @Override
    public Outcome send(Target receiver, Letter letter, Instant now) {
        if (mail == null) {
            return new Failed("no_mail_server", "");
        }
        try {
            Session session = Session.getInstance(properties(mail));
            MimeMessage message = message(session, mail, receiver, letter, now);
            try (Transport transport = session.getTransport("smtp")) {
                if (mail.user().isEmpty()) {
                    transport.connect();
                } else {
                    transport.connect(mail.user(), mail.secret());
                }
                transport.sendMessage(message, message.getAllRecipients());
            }
            return new Arrived();
        } catch (AuthenticationFailedException e) {
            return new Failed("mail_sign_in", line(e));
        } catch (SendFailedException e) {
            return new Failed("mail_refused", line(e));
        } catch (MailConnectException e) {
            return new Failed("mail_unreachable", mail.host() + ":" + mail.port());
        } catch (MessagingException e) {
            return new Failed(isTls(e) ? "mail_tls" : "mail_broken_off", line(e));
        } catch (IOException e) {
            return new Failed("mail_password", String.valueOf(e.getMessage()));
        }
    }

    private static Properties properties(Mail mail) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", mail.host());
        properties.put("mail.smtp.port", Integer.toString(mail.port()));
        properties.put("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        properties.put("mail.smtp.timeout", ANSWER_MILLIS);
        properties.put("mail.smtp.writetimeout", ANSWER_MILLIS);
        properties.put("mail.smtp.auth", Boolean.toString(!mail.user().isEmpty()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.enable", Boolean.toString(mail.security() == Security.TLS));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(mail.security() == Security.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(mail.security() == Security.STARTTLS));
        return properties;
    }

    @SuppressWarnings("JavaUtilDate") // the library asks for one
    private MimeMessage message(Session session, Mail mail, Target receiver, Letter letter, Instant now)
            throws MessagingException {
        MailText.Words words;
        try {
            words = MailText.of(receiver.language()).words(letter.event(), json.readTree(letter.body()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a body is JSON: delivery=" + letter.id(), e);
        }
        MimeMessage message = new Identified(session, letter.id());
        message.setFrom(new InternetAddress(mail.from(), true));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(receiver.address(), true));
        message.setSubject(words.subject(), StandardCharsets.UTF_8.name());
        message.setText(words.text(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(now));
        // RFC 3834: nobody's absence is answered to a program.
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private static boolean isTls(MessagingException error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof SSLException
                    || String.valueOf(each.getMessage()).contains("STARTTLS")) {
                return true;
            }
        }
        return false;
    }

    private static String line(MessagingException error) {
        return String.valueOf(error.getMessage()).strip();
    }

    @Override
    public void close() {
        // Nothing is held between two letters.
    }

    /** A letter whose id is ours. */
    private static final class Identified extends MimeMessage {
        private final UUID id;

        Identified(Session session, UUID id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + "@haulwatch>");
        }
    }
}
