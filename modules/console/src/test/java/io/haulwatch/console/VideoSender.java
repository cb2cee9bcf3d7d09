package io.haulwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Somebody who uploads videos to a course, over HTTP as a browser does it and over lines that break. */
final class VideoSender {
    private final Stage stage;
    private final Visitor visitor;

    VideoSender(Stage stage, String username) throws IOException, InterruptedException {
        this.stage = stage;
        this.visitor = Visitor.signedIn(stage.port(), username);
    }

    /** Deletes what a test has uploaded. */
    static void clean(Stage stage) throws IOException {
        Path folder = stage.ports.videoFolder;
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    Visitor visitor() {
        return visitor;
    }

    HttpResponse<String> ask(int course, String name, long size) throws Exception {
        return visitor.post(
                "/api/v1/courses/" + course + "/videos",
                String.format(Locale.ROOT, "{\"name\":\"%s\",\"size\":%d}", name, size));
    }

    /** Begins an upload; it must be let in. */
    String begin(int course, String name, long size) throws Exception {
        HttpResponse<String> answer = ask(course, name, size);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Visitor.JSON.readTree(answer.body()).get("id").textValue();
    }

    /** Sends a piece of what a film has from there on. */
    HttpResponse<String> film(String id, long offset, long length) throws Exception {
        return piece(
                id,
                offset,
                BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(() -> new MadeFilm(offset, offset + length)), length));
    }

    HttpResponse<String> piece(String id, long offset, byte[] bytes) throws Exception {
        return piece(id, offset, BodyPublishers.ofByteArray(bytes));
    }

    HttpResponse<String> piece(String id, long offset, BodyPublisher body) throws Exception {
        return visitor.text(visitor.request("/api/v1/course-videos/" + id + "?offset=" + offset)
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/octet-stream")
                .method("PATCH", body)
                .build());
    }

    /** A whole film of that length, uploaded to a course. @return its id */
    String whole(int course, String name, long size) throws Exception {
        String id = begin(course, name, size);
        JsonNode video = Answers.json(film(id, 0, size));
        assertThat(video.get("complete").booleanValue()).isTrue();
        return id;
    }

    JsonNode state(String id) throws Exception {
        return visitor.json("/api/v1/course-videos/" + id);
    }

    /** A line on which a piece is announced and begun, and no more. */
    Socket line(String id, long offset, long announced, InputStream bytes) throws IOException {
        Socket line = new Socket(InetAddress.getLoopbackAddress(), stage.port());
        OutputStream out = new BufferedOutputStream(line.getOutputStream(), 64 * 1024);
        out.write(("PATCH /api/v1/course-videos/" + id + "?offset=" + offset + " HTTP/1.1\r\nHost: 127.0.0.1:"
                        + stage.port() + "\r\nCookie: " + Objects.requireNonNull(visitor.cookie) + "\r\nX-CSRF-Token: "
                        + Objects.requireNonNull(visitor.csrf)
                        + "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + announced + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        bytes.transferTo(out);
        out.flush();
        return line;
    }

    /** How far a file is, as whoever was cut off finds out. */
    long standsAt(String id) throws Exception {
        String body = Answers.refused(piece(id, Long.MAX_VALUE, new byte[0]), 409, "video-offset");
        return Visitor.JSON.readTree(body).get("received").longValue();
    }
}
