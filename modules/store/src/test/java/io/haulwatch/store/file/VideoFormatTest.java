package io.haulwatch.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VideoFormatTest {
    /** Heads as common programs write them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0000002066747970 69736f6d 00000200 69736f6d 69736f32 61766331 6d703431 | MP4  | isom, as most converters write it
            0000001866747970 6d703432 00000000 6d703432 69736f6d                   | MP4  | mp42, as cameras of telephones do
            0000001466747970 64617368 00000000 69736f6d                            | MP4  | fragments
            0000001466747970 58585858 00000000 6d703432                            | MP4  | an unknown brand that says what it is compatible with
            0000001466747970 71742020 20050300 71742020                            | none | QuickTime
            0000001c66747970 4d344120 00000000 4d344120 6d703432 69736f6d          | none | sound
            0000001c66747970 61766966 00000000 61766966 6d696631 6d696166          | none | a still picture
            0000001466747970 58585858 00000000 59595959                            | none | brands of nobody
            0000000866747970 69736f6d 00000000                                     | none | a box that is too short
            7fffffff66747970 69736f6d 00000000 69736f6d                            | none | a box that is longer than the head
            0000001466726565 69736f6d 00000000 69736f6d                            | none | another box first
            1a45dfa3 9f 4286810142f7810142f2810442f381084282847765626d42878104428581020000 | WEBM | WebM
            1a45dfa3 a3 4286810142f7810142f2810442f381084282886d6174726f736b614287810442858102 | none | Matroska
            1a45dfa3 01000000000000 1f 4286810142f7810142f2810442f381084282847765626d42878104428581020000 | WEBM | a length of eight bytes
            1a45dfa3 80                                                            | none | an empty header
            1a45dfa3 9f 42828f7765626d                                             | none | an element that goes beyond its end
            1a45dfa3                                                               | none | nothing behind it
            47400010                                                               | none | a transport stream
            52494646 00000000 41564920                                             | none | AVI
            3c21444f4354595045 2068746d6c3e                                        | none | a page
            """)
    void isKnownByHowAFileBegins(String hex, String expected, String why) {
        VideoFormat found = VideoFormat.of(HexFormat.of().parseHex(hex.replace(" ", "")));
        assertThat(found == null ? "none" : found.name()).as(why).isEqualTo(expected);
    }

    @Test
    void everyBeginningOfAFileIsLookedAtWithoutHarm() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(HexFormat.of().parseHex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d"));
        whole.writeBytes("more".getBytes(StandardCharsets.US_ASCII));
        byte[] bytes = whole.toByteArray();
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = java.util.Arrays.copyOf(bytes, length);
            assertThat(VideoFormat.of(part)).as("length=" + length).isIn(null, VideoFormat.WEBM);
        }
    }
}
