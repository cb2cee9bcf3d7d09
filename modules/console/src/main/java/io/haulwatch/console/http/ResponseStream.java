package io.haulwatch.console.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends a response as it is written, one chunk on its way and one being filled. For one worker thread. */
final class ResponseStream extends OutputStream {
    private static final int CHUNK = 64 * 1024;
    /** Whoever takes nothing for so long is given up. */
    private static final long PATIENCE_SECONDS = 60;

    private final HttpServerResponse response;
    private final Context loop;
    private final byte[] chunk = new byte[CHUNK];
    private int filled;
    private CompletableFuture<Void> onItsWay = CompletableFuture.completedFuture(null);

    /** The reader went before the end, or reads no more. */
    static final class GoneException extends IOException {
        private static final long serialVersionUID = 1L;

        GoneException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** @param response whose head is set and not yet sent */
    ResponseStream(HttpServerResponse response, Context loop) {
        this.response = response;
        this.loop = loop;
    }

    @Override
    public void write(int one) throws IOException {
        if (filled == CHUNK) {
            send();
        }
        chunk[filled++] = (byte) one;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == CHUNK) {
                send();
            }
            int part = Math.min(left, CHUNK - filled);
            System.arraycopy(bytes, from, chunk, filled, part);
            filled += part;
            from += part;
            left -= part;
        }
    }

    private void send() throws IOException {
        await();
        Buffer bytes = Buffer.buffer(filled).appendBytes(chunk, 0, filled);
        filled = 0;
        CompletableFuture<Void> sent = new CompletableFuture<>();
        onItsWay = sent;
        loop.runOnContext(nothing -> {
            if (response.closed()) {
                sent.completeExceptionally(new IOException("the reader has gone"));
                return;
            }
            response.write(bytes).onComplete(done -> {
                if (done.succeeded()) {
                    sent.complete(null);
                } else {
                    sent.completeExceptionally(done.cause());
                }
            });
        });
    }

    private void await() throws IOException {
        try {
            onItsWay.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server stops");
        } catch (TimeoutException e) {
            throw new GoneException("the reader has taken nothing for " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new GoneException("the reader has gone", e);
        }
    }

    /** Sends the rest and ends the response; it is whole then. */
    void finish() throws IOException {
        if (filled > 0) {
            send();
        }
        await();
        loop.runOnContext(nothing -> {
            if (!response.closed()) {
                response.end();
            }
        });
    }
}
