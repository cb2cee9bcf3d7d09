package io.haulwatch.console.print;

import io.haulwatch.console.http.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.DocumentException;
import org.openpdf.text.pdf.BaseFont;

/**
 * Makes PDFs, one at a time on a thread of its own, which ends when there is nothing to print: setting text is all arithmetic and would keep a
 * virtual thread's carrier from everybody else. A few may wait; more are refused, so that nobody's clicks fill the memory.
 */
public final class PrintShop implements AutoCloseable {
    /** Documents that are printed or wait. */
    public static final int MOST = 8;

    private static final String FONT = "font/400Regular/NotoSansSC_400Regular.ttf";
    private static final int IDLE_SECONDS = 30;
    private static final int RETRY_SECONDS = 3;

    private final Semaphore places = new Semaphore(MOST);
    private final ThreadPoolExecutor printer = new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST),
            Thread.ofPlatform().name("haulwatch-printer-", 0).daemon(true).factory());
    private volatile @Nullable BaseFont font;

    public PrintShop() {
        printer.allowCoreThreadTimeOut(true);
    }

    /** What stands in a document. */
    @FunctionalInterface
    public interface Content {
        void write(Folio folio);
    }

    /** A place in the queue; given back when it is closed. */
    public final class Place implements AutoCloseable {
        private Place() {}

        /** Prints. @throws InterruptedException if nobody waits for it any more */
        public byte[] print(PrintWords words, Folio.Head head, Content content) throws InterruptedException {
            try {
                return printer.submit(() -> printed(words, head, content)).get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a document could not be printed: title=" + head.title(), e.getCause());
            }
        }

        @Override
        public void close() {
            places.release();
        }
    }

    /**
     * Takes a place, before anything is read for the document.
     *
     * @throws Refusal {@code printer-busy} if all are taken
     */
    public Place place() {
        if (!places.tryAcquire()) {
            throw Refusal.unavailable(
                    "printer-busy",
                    MOST + " documents are being printed or wait already. Ask again in some seconds.",
                    RETRY_SECONDS);
        }
        return new Place();
    }

    private byte[] printed(PrintWords words, Folio.Head head, Content content) throws IOException {
        Folio folio = new Folio(font(), words, head);
        content.write(folio);
        return folio.finish();
    }

    /** The font with its ten megabytes is read when the first document is printed, and kept. */
    private BaseFont font() throws IOException {
        BaseFont read = font;
        if (read == null) {
            try (InputStream in = PrintShop.class.getResourceAsStream(FONT)) {
                if (in == null) {
                    throw new IllegalStateException(
                            "the font is part of the product; npm ci in modules/console-web fetches it: file=" + FONT);
                }
                read = BaseFont.createFont(
                        "NotoSansSC.ttf", BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, in.readAllBytes(), null);
                read.setSubset(true);
            } catch (DocumentException e) {
                throw new IOException("the font cannot be read: file=" + FONT, e);
            }
            font = read;
        }
        return read;
    }

    @Override
    public void close() {
        printer.shutdownNow();
    }
}
