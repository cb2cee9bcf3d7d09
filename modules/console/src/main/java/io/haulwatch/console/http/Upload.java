package io.haulwatch.console.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as it comes: some buffers ahead and no more, so that whoever sends fast waits for the disk. One worker thread reads it; any may
 * {@link #stop} it.
 */
public final class Upload extends InputStream {
    /** Buffers that may have come and were not read yet; each has up to some 64 KiB. */
    private static final int AHEAD = 8;
    /** Whoever sends nothing for so long is given up. */
    private static final long PATIENCE_SECONDS = 60;

    private final HttpServerRequest request;
    private final Context loop;
    private final long length;
    private final BlockingQueue<Came> came = new LinkedBlockingQueue<>();
    private volatile boolean stopped;
    private volatile boolean closed;
    private @Nullable Buffer current;
    private int at;
    private boolean ended;

    private sealed interface Came {}

    private record Bytes(Buffer buffer) implements Came {}

    private record End() implements Came {}

    private record Cut(Throwable cause) implements Came {}

    /** Nothing more comes of it: the line broke, somebody sent nothing for long, or a newer one took its place. */
    public static final class CutException extends IOException {
        private static final long serialVersionUID = 1L;

        CutException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** @param request paused, with nothing read of it; told to whoever waits for that (100-continue) that it may send */
    Upload(HttpServerRequest request, Context loop) {
        this.request = request;
        this.loop = loop;
        this.length = lengthOf(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        loop.runOnContext(nothing -> {
            if (request.response().closed()) {
                came.add(new Cut(new IOException("the sender has gone")));
                return;
            }
            try {
                listen();
            } catch (IllegalStateException e) {
                // It ended before anybody listened.
                came.add(new Cut(e));
            }
        });
    }

    private void listen() {
        request.exceptionHandler(cause -> came.add(new Cut(cause)));
        request.endHandler(end -> came.add(new End()));
        request.handler(buffer -> {
            if (!closed) {
                came.add(new Bytes(buffer));
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        request.fetch(AHEAD);
    }

    private static long lengthOf(@Nullable String header) {
        try {
            return header == null ? -1 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Bytes that the sender announced; -1 if none. */
    public long length() {
        return length;
    }

    /** Lets the reader go with a {@link CutException}. */
    public void stop() {
        stopped = true;
        came.add(new Cut(new IOException("stopped")));
    }

    /** Whether somebody stopped it, so that the sender can still be told why. */
    public boolean isStopped() {
        return stopped;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        Buffer buffer = current();
        if (buffer == null) {
            return -1;
        }
        int part = Math.min(most, buffer.length() - at);
        buffer.getBytes(at, at + part, bytes, offset);
        at += part;
        return part;
    }

    private @Nullable Buffer current() throws IOException {
        while (!ended && (current == null || at == current.length())) {
            if (current != null) {
                loop.runOnContext(nothing -> request.fetch(1));
                current = null;
            }
            switch (next()) {
                case Bytes bytes -> {
                    current = bytes.buffer;
                    at = 0;
                }
                case End end -> ended = true;
                case Cut cut -> throw new CutException("nothing more comes of an upload", cut.cause);
            }
        }
        return ended ? null : current;
    }

    private Came next() throws IOException {
        try {
            Came next = stopped ? new Cut(new IOException("stopped")) : came.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new CutException("nothing was sent for " + PATIENCE_SECONDS + " s", null);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server stops");
        }
    }

    /** What still comes is let go by. */
    @Override
    public void close() {
        closed = true;
        came.clear();
        loop.runOnContext(nothing -> request.resume());
    }
}
