package io.haulwatch.console.pages;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves the files of the class path folder {@code io/haulwatch/console/web/}, which the module console-web fills. Names under
 * {@code assets/} and {@code driver/assets/} hold a hash of their content and never change; everything else, the phone's service worker
 * among it, is asked for again each time. A path of the pages' own router gets {@code index.html}, one below {@code driver/} that of the
 * driver's phone.
 */
public final class StaticPages {
    private static final String FOLDER = "io/haulwatch/console/web/";
    private static final String INDEX = "index.html";
    /** The pages of the driver's phone, a second entry with files of its own. */
    private static final String DRIVER = "driver/";

    /** Printed on certificates, the number after it; the phone's pages check it for whoever asks. */
    private static final String CHECK = "/check/";

    private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9-]{1,40}");

    /** Segments of letters, digits, dots, dashes and underscores, none beginning with a dot. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private static final int LONGEST_PATH = 200;
    private static final int MOST_MISSES = 1_000;

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json; charset=utf-8"),
            Map.entry("geojson", "application/geo+json; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("webmanifest", "application/manifest+json"));

    private final ClassLoader classes;
    private final ExecutorService workers;
    private final Map<String, Optional<Page>> pages = new ConcurrentHashMap<>();

    public StaticPages(ClassLoader classes, ExecutorService workers) {
        this.classes = classes;
        this.workers = workers;
    }

    /** Serves every path that nobody took before. */
    public void mount(Router router) {
        router.route().last().handler(this::serve);
    }

    private void serve(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean head = request.method().equals(HttpMethod.HEAD);
        if (!head && !request.method().equals(HttpMethod.GET)) {
            plain(context.response(), 405, "Pages are read with GET.");
            return;
        }
        String path = context.normalizedPath();
        if (path.equals("/driver")) {
            // Without the slash at its end it would lie outside of what the service worker serves.
            lead(context.response(), "/" + DRIVER);
            return;
        }
        if (path.startsWith(CHECK)
                && NUMBER.matcher(path).region(CHECK.length(), path.length()).matches()) {
            lead(context.response(), "/" + DRIVER + "#verify=" + path.substring(CHECK.length()));
            return;
        }
        String name = path.equals("/") || path.equals("/" + DRIVER) ? path.substring(1) + INDEX : path.substring(1);
        Optional<Page> kept = pages.get(name);
        if (kept != null) {
            answer(context, name, kept.orElse(null), head);
            return;
        }
        Context loop = context.vertx().getOrCreateContext();
        workers.execute(() -> {
            Optional<Page> page = find(name);
            loop.runOnContext(nothing -> answer(context, name, page.orElse(null), head));
        });
    }

    private Optional<Page> find(String name) {
        if (name.length() > LONGEST_PATH || !SAFE.matcher(name).matches()) {
            return Optional.empty();
        }
        Optional<Page> page = load(name);
        // Addresses that lead nowhere come without end; they must not fill the memory.
        if (page.isPresent() || pages.size() < MOST_MISSES) {
            pages.put(name, page);
        }
        return page;
    }

    private void answer(RoutingContext context, String name, @Nullable Page found, boolean head) {
        HttpServerResponse response = context.response();
        HttpServerRequest request = context.request();
        Page page = found;
        if (page == null && isRoute(name)) {
            String index = name.startsWith(DRIVER) ? DRIVER + INDEX : INDEX;
            Optional<Page> start = pages.get(index);
            page = (start == null ? find(index) : start).orElse(null);
            if (page == null) {
                plain(response, 503, "The pages are not part of this build; build the module console-web.");
                return;
            }
        }
        if (page == null) {
            plain(response, 404, "There is no such file.");
            return;
        }
        response.putHeader("Content-Type", page.type);
        response.putHeader("ETag", page.tag);
        response.putHeader("Vary", "Accept-Encoding");
        boolean hashed = found != null && (name.startsWith("assets/") || name.startsWith(DRIVER + "assets/"));
        response.putHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
        if (page.tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        String accepted = request.getHeader("Accept-Encoding");
        Buffer body = page.content;
        if (page.zipped != null
                && accepted != null
                && accepted.toLowerCase(Locale.ROOT).contains("gzip")) {
            body = page.zipped;
            response.putHeader("Content-Encoding", "gzip");
        }
        if (head) {
            response.putHeader("Content-Length", Integer.toString(body.length()));
            response.end();
        } else {
            response.end(body);
        }
    }

    /** Whether a name can be a place of the pages' own router: a plain path without an extension. */
    private static boolean isRoute(String name) {
        return SAFE.matcher(name).matches() && name.indexOf('.', name.lastIndexOf('/') + 1) < 0;
    }

    private Optional<Page> load(String name) {
        byte[] content = read(name);
        if (content == null) {
            return Optional.empty();
        }
        byte[] zipped = read(name + ".gz");
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Optional.of(new Page(
                Buffer.buffer(content),
                zipped == null ? null : Buffer.buffer(zipped),
                TYPES.getOrDefault(extension, "application/octet-stream"),
                tag(content)));
    }

    private byte @Nullable [] read(String name) {
        try (InputStream in = classes.getResourceAsStream(FOLDER + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a page from the class path: name=" + name, e);
        }
    }

    private static String tag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void lead(HttpServerResponse response, String address) {
        response.putHeader("Location", address);
        plain(response, 302, "This page is at " + address);
    }

    private static void plain(HttpServerResponse response, int status, String sentence) {
        response.putHeader("Content-Type", "text/plain; charset=utf-8");
        response.putHeader("Cache-Control", "no-store");
        var unused =
                response.setStatusCode(status).end(Buffer.buffer((sentence + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private record Page(Buffer content, @Nullable Buffer zipped, String type, String tag) {}
}
