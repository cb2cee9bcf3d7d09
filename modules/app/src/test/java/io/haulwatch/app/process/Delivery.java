package io.haulwatch.app.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The product as people get it, made once for all tests of a run: modules as jars, an archive of the classes that a start loads (Java's
 * class data sharing, which takes jars only) and the unpacked database programs. Half of a start's work is saved by it.
 */
final class Delivery {
    private static final String TESTS = "test-classes";

    private final Path folder;
    private final String classPath;
    private final Path archive;

    private Delivery(Path folder) throws IOException {
        this.folder = folder;
        this.classPath = jars(folder);
        this.archive = folder.resolve("haulwatch.jsa");
    }

    /** Waits until it is made, and makes it if nobody did. */
    static Delivery get() {
        return Made.DELIVERY;
    }

    private static final class Made {
        static final Delivery DELIVERY = make();

        private static Delivery make() {
            try {
                Files.createDirectories(Path.of("target"));
                Delivery delivery = new Delivery(Files.createTempDirectory(Path.of("target"), "delivery-")
                        .toAbsolutePath());
                delivery.learn();
                return delivery;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** What the JVM is told, up to the name of the main class. */
    List<String> flags() {
        return List.of(
                (Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + archive,
                // Java tells at each start what of an archive it does not use; that is not the product's word.
                "-Xlog:cds=off",
                "-Xlog:aot=off",
                "-cp",
                classPath);
    }

    /** Where a product finds its database programs unpacked. */
    void share(Path data) throws IOException {
        Path programs = data.resolve("pg");
        if (!Files.exists(programs)) {
            Files.createSymbolicLink(programs, programs());
        }
    }

    private static Path programs() throws IOException {
        return Files.createDirectories(Path.of(System.getProperty("haulwatch.test.programs", "target/pg"))
                .toAbsolutePath());
    }

    /** One short life of the product; what it loaded is kept when it ends. */
    private void learn() throws IOException, InterruptedException {
        try (ProductProcess product = new ProductProcess(this, folder.resolve("data"), Map.of())) {
            product.startAndAwaitReady();
            product.stop();
            if (!Files.exists(archive)) {
                throw new IOException("no archive of classes was made: " + product.said());
            }
        }
    }

    private static String jars(Path folder) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(java.io.File.pathSeparator)) {
            Path path = Path.of(entry);
            if (path.endsWith(TESTS)) {
                continue;
            }
            entries.add(
                    Files.isDirectory(path) ? jar(path, folder, entries.size()).toString() : entry);
        }
        return String.join(java.io.File.pathSeparator, entries);
    }

    private static Path jar(Path classes, Path folder, int number) throws IOException {
        Path jar = folder.resolve("module-" + number + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            out.setLevel(java.util.zip.Deflater.NO_COMPRESSION);
            for (Path file :
                    files.filter(file -> !file.equals(classes)).sorted().toList()) {
                boolean isFolder = Files.isDirectory(file);
                // Folders have entries of their own: migrations are looked for by their folder.
                out.putNextEntry(new JarEntry(classes.relativize(file) + (isFolder ? "/" : "")));
                if (!isFolder) {
                    Files.copy(file, out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }
}
