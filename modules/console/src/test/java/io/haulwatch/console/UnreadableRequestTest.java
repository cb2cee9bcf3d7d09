package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What cannot be read as a request is answered in words and told that its connection ends, so that nobody sends the next one into it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadableRequestTest {
    private Stage stage;

    @BeforeAll
    void start() throws Exception {
        stage = new Stage();
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void tooLongAnAddressIsRefusedInWordsAndTheConnectionEnds() throws Exception {
        String answer = said("GET /api/v1/alarms?query=" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertRefused(answer, 414, "address-too-long", "at most 8192 bytes");
    }

    @Test
    void tooManyCookiesAreRefusedInWordsAndTheConnectionEnds() throws Exception {
        String answer = said("GET /api/v1/alarms HTTP/1.1\r\nHost: x\r\nCookie: a=" + "b".repeat(17_000) + "\r\n\r\n");
        assertRefused(answer, 431, "headers-too-large", "at most 16384 bytes");
    }

    @Test
    void noiseIsRefusedInWordsAndTheConnectionEnds() throws Exception {
        assertRefused(said("\u0001\u0002 noise\r\n\r\n"), 400, "bad-value", "not a request");
    }

    private static void assertRefused(String answer, int status, String type, String words) throws IOException {
        String[] parts = answer.split("\r\n\r\n", 2);
        assertThat(parts[0].toLowerCase(Locale.ROOT))
                .matches("(?s)http/1\\.[01] " + status + " .*")
                .contains(
                        "\r\nconnection: close",
                        "\r\ncontent-type: application/problem+json",
                        "\r\nx-content-type-options: nosniff");
        JsonNode problem = Visitor.JSON.readTree(parts[1]);
        assertThat(problem.get("type").textValue()).endsWith(":" + type);
        assertThat(problem.get("detail").textValue()).contains(words);
        assertThat(problem.has("instance")).isFalse();
    }

    /** Everything that comes until the server ends the connection. */
    private String said(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stage.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            ByteArrayOutputStream came = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            try {
                for (int next = in.read(); next >= 0; next = in.read()) {
                    came.write(next);
                }
            } catch (SocketException reset) {
                // Ended with something of the request unread, which is an end as well; what had come before was read.
            }
            return came.toString(StandardCharsets.UTF_8);
        }
    }
}
