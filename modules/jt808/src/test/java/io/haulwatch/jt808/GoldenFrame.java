package io.haulwatch.jt808;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One golden file: the bytes on the wire and the tree that they mean, flattened to lines.
 *
 * @param name path below {@code frames}, without the ending
 * @param hex as written in the file
 * @param tree lines {@code path = value}
 * @param comments lines that begin with #, without it
 */
public record GoldenFrame(String name, String hex, List<String> tree, List<String> comments) {

    /** All golden files, ordered by name. */
    public static List<GoldenFrame> all() {
        Path root = root();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".frame"))
                    .sorted()
                    .map(file -> read(root, file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The golden file with this name. */
    public static GoldenFrame named(String name) {
        return read(root(), root().resolve(name + ".frame"));
    }

    /** The bytes on the wire, flags included. */
    public byte[] wire() {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    /** The editions in whose form the body stands, from the comment that says so; empty if none does. */
    public List<Edition> editions() {
        return comments.stream()
                .filter(comment -> comment.startsWith("editions: "))
                .flatMap(comment ->
                        Stream.of(comment.substring("editions: ".length()).split(" ")))
                .map(year -> Edition.valueOf("V" + year))
                .toList();
    }

    /** The body as the comments spell it field by field, in hex. */
    public String spelledBody() {
        StringBuilder body = new StringBuilder();
        for (String comment : comments) {
            int bar = comment.indexOf(" | ");
            if (bar > 0) {
                body.append(comment, 0, bar);
            }
        }
        return body.toString();
    }

    @Override
    public String toString() {
        return name;
    }

    private static GoldenFrame read(Path root, Path file) {
        StringBuilder hex = new StringBuilder();
        List<String> tree = new ArrayList<>();
        List<String> comments = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("#")) {
                    comments.add(line.substring(1).strip());
                } else if (line.contains(" = ")) {
                    tree.add(line);
                } else if (!line.isBlank()) {
                    hex.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = root.relativize(file).toString().replace(".frame", "");
        return new GoldenFrame(name, hex.toString(), tree, comments);
    }

    private static Path root() {
        try {
            URI uri = Objects.requireNonNull(GoldenFrame.class.getResource("/frames/README.md"))
                    .toURI();
            return Objects.requireNonNull(Path.of(uri).getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
