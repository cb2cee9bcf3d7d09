package io.haulwatch.jt808.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.jt808.GoldenFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every golden frame means what its file says, and nothing else. */
class GoldenFramesTest {
    static List<GoldenFrame> frames() {
        return GoldenFrame.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void readsAsItsFileSays(GoldenFrame golden) {
        assertThat(lines(FrameDecoder.decode(golden.hex()))).containsExactlyElementsOf(golden.tree());
    }

    @Test
    void allTenWorkedExamplesAreThere() {
        assertThat(frames())
                .filteredOn(frame -> frame.name().startsWith("worked"))
                .hasSize(11);
        assertThat(frames()).hasSizeGreaterThan(80);
    }

    @Test
    void readsHexInAnyDress() {
        String plain = "7E000200000139123456780001337E";
        assertThat(lines(FrameDecoder.decode(plain.toLowerCase(Locale.ROOT))))
                .isEqualTo(lines(FrameDecoder.decode(plain)))
                .contains("message_id = 0x0002", "body = {}");
        assertThat(lines(FrameDecoder.decode(" 0x7E,0x00,0x02,0x00 00:01:39-12-34 5678 0001 33 7e\n")))
                .isEqualTo(lines(FrameDecoder.decode(plain)));
    }

    @Test
    void saysWhatIsWrongWithTextThatIsNoFrame() {
        assertThat(error("")).isEqualTo("bad_hex: there are no hex digits");
        assertThat(error("7E 0G 7E")).isEqualTo("bad_hex: 'G' at column 5 is no hex digit");
        assertThat(error("7E 000 7E")).startsWith("bad_hex: 7 hex digits are not whole bytes");
        assertThat(error("7E")).startsWith("missing_flag: ");
        assertThat(error("000200000139123456780001337E"))
                .isEqualTo("missing_flag: a frame begins and ends with 7E; this begins with 00 and ends with 7E");
        assertThat(error("7E 0002 0000 013912345678 0001 33 7E 00 7E"))
                .startsWith("several_frames: there is a 7E at byte 14");
        assertThat(error("7E 7E")).startsWith("too_short: there are 0 bytes");
    }

    @Test
    void takesArgumentsAsFramesOrAsOneFrameCutAtItsBlanks() {
        String heartbeat = "7E000200000139123456780001337E";
        assertThat(FrameDecoder.decodeArguments(List.of(heartbeat, heartbeat))).hasSize(2);
        List<String> pieces =
                List.of("7E", "00", "02", "00", "00", "01", "39", "12", "34", "56", "78", "00", "01", "33", "7E");
        assertThat(FrameDecoder.decodeArguments(pieces))
                .singleElement()
                .satisfies(tree -> assertThat(lines(tree)).contains("phone = 13912345678"));
    }

    private static String error(String hex) {
        return String.valueOf(FrameDecoder.decode(hex).get("error"));
    }

    private static List<String> lines(Map<String, @Nullable Object> tree) {
        List<String> lines = new ArrayList<>();
        flatten("", tree, lines);
        return lines;
    }

    private static void flatten(String path, @Nullable Object node, List<String> lines) {
        if (node instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, value) -> flatten(path.isEmpty() ? key.toString() : path + "." + key, value, lines));
        } else if (node instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof Map) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + i + "]", list.get(i), lines);
            }
        } else {
            lines.add(path + " = " + ("".equals(node) ? "\"\"" : node));
        }
    }
}
