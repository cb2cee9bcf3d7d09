package io.haulwatch.store.file;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Formats of scans and photos that people attach, known by their content: a name or a declared type counts nothing. */
public enum AttachmentFormat {
    PDF("application/pdf", "pdf"),
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png");

    private static final byte[] PDF_HEAD = "%PDF-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PDF_TAIL = "%%EOF".getBytes(StandardCharsets.US_ASCII);
    /** Readers look for the mark of the end in the last bytes, as some writers add a few behind it. */
    private static final int PDF_TAIL_WITHIN = 1_024;

    private static final byte[] PNG_HEAD = {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };
    private static final byte[] JPEG_HEAD = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};

    private final String contentType;
    private final String extension;

    AttachmentFormat(String contentType, String extension) {
        this.contentType = contentType;
        this.extension = extension;
    }

    public String contentType() {
        return contentType;
    }

    /** Ending of a file's name, without the dot. */
    public String extension() {
        return extension;
    }

    /** The format of some bytes, or null. */
    public static @Nullable AttachmentFormat of(byte[] bytes) {
        if (isAt(bytes, 0, PNG_HEAD)) {
            return PNG;
        }
        if (isAt(bytes, 0, JPEG_HEAD)) {
            return JPEG;
        }
        return isAt(bytes, 0, PDF_HEAD) && endsAsPdf(bytes) ? PDF : null;
    }

    /** The format of a content type that was stored, or null. */
    public static @Nullable AttachmentFormat ofContentType(String contentType) {
        for (AttachmentFormat format : values()) {
            if (format.contentType.equals(contentType)) {
                return format;
            }
        }
        return null;
    }

    private static boolean endsAsPdf(byte[] bytes) {
        for (int at = bytes.length - PDF_TAIL.length; at >= Math.max(0, bytes.length - PDF_TAIL_WITHIN); at--) {
            if (isAt(bytes, at, PDF_TAIL)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(byte[] bytes, int at, byte[] what) {
        if (bytes.length < at + what.length) {
            return false;
        }
        for (int i = 0; i < what.length; i++) {
            if (bytes[at + i] != what[i]) {
                return false;
            }
        }
        return true;
    }
}
