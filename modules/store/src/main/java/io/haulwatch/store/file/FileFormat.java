package io.haulwatch.store.file;

import org.jspecify.annotations.Nullable;

/** Formats of media that are kept, known by their first bytes: a terminal's word about them counts nothing. Those that JT/T 808 names (0x0801). */
public enum FileFormat {
    JPEG("image", "image/jpeg", "jpg"),
    TIFF("image", "image/tiff", "tif"),
    MP3("audio", "audio/mpeg", "mp3"),
    WAV("audio", "audio/wav", "wav"),
    WMV("video", "video/x-ms-wmv", "wmv");

    private static final int ENOUGH = 16;
    /** First half of the GUID that every ASF file begins with. */
    private static final int[] ASF = {0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11};

    private final String kind;
    private final String contentType;
    private final String extension;

    FileFormat(String kind, String contentType, String extension) {
        this.kind = kind;
        this.contentType = contentType;
        this.extension = extension;
    }

    /** image, audio or video. */
    public String kind() {
        return kind;
    }

    public String contentType() {
        return contentType;
    }

    /** Ending of a file's name, without the dot. */
    public String extension() {
        return extension;
    }

    /** The format whose first bytes these are, or null. */
    public static @Nullable FileFormat of(byte[] bytes) {
        if (begins(bytes, 0, 0xFF, 0xD8, 0xFF)) {
            return JPEG;
        }
        if (bytes.length < ENOUGH) {
            return null;
        }
        if (begins(bytes, 0, 'I', 'I', 0x2A, 0) || begins(bytes, 0, 'M', 'M', 0, 0x2A)) {
            return TIFF;
        }
        if (begins(bytes, 0, 'R', 'I', 'F', 'F') && begins(bytes, 8, 'W', 'A', 'V', 'E')) {
            return WAV;
        }
        if (begins(bytes, 0, ASF)) {
            return WMV;
        }
        return begins(bytes, 0, 'I', 'D', '3') || layer3(bytes) ? MP3 : null;
    }

    /** The head of an MPEG audio frame of layer III: eleven bits of 1, then version and layer, none of them the reserved one. */
    private static boolean layer3(byte[] bytes) {
        int second = bytes[1] & 0xFF;
        int third = bytes[2] & 0xFF;
        return begins(bytes, 0, 0xFF)
                && (second & 0xE0) == 0xE0
                && (second & 0x18) != 0x08
                && (second & 0x06) == 0x02
                && (third & 0xF0) != 0xF0
                && (third & 0x0C) != 0x0C;
    }

    private static boolean begins(byte[] bytes, int at, int... with) {
        if (bytes.length < at + with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if ((bytes[at + i] & 0xFF) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
