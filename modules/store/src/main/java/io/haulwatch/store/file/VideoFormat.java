package io.haulwatch.store.file;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Formats of videos that browsers play, known by how they begin. What the pictures and the sound in them are coded with is not looked at: H.264 with AAC
 * plays everywhere, and a browser says of anything else that it cannot.
 */
public enum VideoFormat {
    MP4("video/mp4", "mp4"),
    WEBM("video/webm", "webm");

    /** So many first bytes decide. */
    public static final int HEAD_BYTES = 4_096;

    private static final int BOX = 8;
    private static final int BRAND = 4;
    private static final int FIRST_COMPATIBLE = 16;
    /** Brands of ISO/IEC 14496-12 and -14, of 3GPP and of cameras, for what is a film. */
    private static final Set<String> FILMS = Set.of(
            "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "avc1", "dash",
            "msdh", "M4V ", "M4VH", "M4VP", "f4v ", "MSNV", "XAVC", "3gp4", "3gp5", "3gp6", "3gp7", "3g2a");
    /** The same box begins what no page plays as a film: QuickTime, sounds, still pictures. */
    private static final Set<String> OTHERS = Set.of(
            "qt  ", "M4A ", "M4B ", "M4P ", "f4a ", "f4b ", "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1",
            "msf1", "avif", "avis", "crx ");

    private static final int EBML = 0x1A45DFA3;
    private static final int DOC_TYPE = 0x4282;
    private static final int LONGEST_SIZE = 8;

    private final String contentType;
    private final String extension;

    VideoFormat(String contentType, String extension) {
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

    /** The format of a content type that was stored, or null. */
    public static @Nullable VideoFormat ofContentType(String contentType) {
        for (VideoFormat format : values()) {
            if (format.contentType.equals(contentType)) {
                return format;
            }
        }
        return null;
    }

    /** The format of a file that begins so, or null. @param head its first {@link #HEAD_BYTES}, or all of a shorter one */
    public static @Nullable VideoFormat of(byte[] head) {
        return isFilm(head) ? MP4 : isWebm(head) ? WEBM : null;
    }

    /** ISO/IEC 14496-12, 4.3: length, "ftyp", major brand, its version, brands that it is compatible with. */
    private static boolean isFilm(byte[] head) {
        if (head.length < FIRST_COMPATIBLE || !text(head, BRAND).equals("ftyp")) {
            return false;
        }
        long length = number(head, 0, BRAND);
        if (length < FIRST_COMPATIBLE || length % BRAND != 0 || length > head.length) {
            return false;
        }
        String major = text(head, BOX);
        if (OTHERS.contains(major)) {
            return false;
        }
        boolean film = FILMS.contains(major);
        for (int at = FIRST_COMPATIBLE; at < length; at += BRAND) {
            film |= FILMS.contains(text(head, at));
        }
        return film;
    }

    /** RFC 8794: an EBML header whose DocType is "webm"; other Matroska files have another one. */
    private static boolean isWebm(byte[] head) {
        if (head.length < BRAND || (int) number(head, 0, BRAND) != EBML) {
            return false;
        }
        Element header = Element.at(head, 0);
        int at = header == null ? head.length : header.content;
        long end = header == null ? 0 : Math.min(head.length, header.content + header.length);
        while (at < end) {
            Element each = Element.at(head, at);
            if (each == null || each.content + each.length > end) {
                return false;
            }
            if (each.id == DOC_TYPE) {
                return new String(head, each.content, (int) each.length, StandardCharsets.US_ASCII)
                        .replace("\0", "")
                        .equals("webm");
            }
            at = (int) (each.content + each.length);
        }
        return false;
    }

    /** One element of EBML. @param content where its bytes begin @param length how many they are */
    private record Element(long id, int content, long length) {
        static @Nullable Element at(byte[] bytes, int at) {
            int idBytes = width(bytes, at, BRAND);
            int lengthBytes = idBytes == 0 ? 0 : width(bytes, at + idBytes, LONGEST_SIZE);
            if (lengthBytes == 0) {
                return null;
            }
            long length = number(bytes, at + idBytes, lengthBytes) & ((1L << (7 * lengthBytes)) - 1);
            return new Element(number(bytes, at, idBytes), at + idBytes + lengthBytes, length);
        }

        /** Bytes of the number that begins there, by the zeros before its first 1; 0 for none. */
        private static int width(byte[] bytes, int at, int most) {
            int width = at < bytes.length ? Integer.numberOfLeadingZeros(bytes[at] & 0xFF) - 23 : Integer.MAX_VALUE;
            return width > most || at + width > bytes.length ? 0 : width;
        }
    }

    private static long number(byte[] bytes, int at, int length) {
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = (number << 8) | (bytes[at + i] & 0xFF);
        }
        return number;
    }

    private static String text(byte[] bytes, int at) {
        return new String(bytes, at, BRAND, StandardCharsets.ISO_8859_1);
    }
}
