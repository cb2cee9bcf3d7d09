package io.haulwatch.simulator.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.area.AreaAnswer;
import io.haulwatch.jt808.area.AreaQuery;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.frame.FrameConsumer;
import io.haulwatch.jt808.frame.FrameSplitter;
import io.haulwatch.jt808.frame.FrameStatus;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AreasTest {
    /** 2019, by the sheet's order: id, attributes 4, upper left, lower right, no name. */
    private static final String RECTANGLE_5 = "0000000500040157D31006CC61A80157CF2806CC65900000";

    private static final String RECTANGLE_6 = "0000000600040157D31006CC61A80157CF2806CC65900000";
    /** Id, attributes 0, one point of 20 m without times or speed, no name. */
    private static final String ROUTE_5 = "0000000500000001" + "00000001000000010157CF2806CC61A81400" + "0000";

    private final Areas areas = new Areas(1);

    @Test
    void aTerminalTellsTheAreasOfAKindThatItWasGivenAndDidNotForget() {
        assertThat(take(areas, 0x8602, "0101" + RECTANGLE_5)).isEqualTo(GeneralAnswer.SUCCESS);
        assertThat(take(areas, 0x8602, "0101" + RECTANGLE_6)).isEqualTo(GeneralAnswer.SUCCESS);
        assertThat(take(areas, 0x8606, ROUTE_5)).isEqualTo(GeneralAnswer.SUCCESS);
        assertThat(told(areas, 2)).isEqualTo("02000000020101" + RECTANGLE_5 + "0101" + RECTANGLE_6);
        assertThat(told(areas, 4)).isEqualTo("0400000001" + ROUTE_5);
        assertThat(take(areas, 0x8603, "0100000005")).isEqualTo(GeneralAnswer.SUCCESS);
        assertThat(told(areas, 2)).as("ids count by kind").isEqualTo("02000000010101" + RECTANGLE_6);
        // Action 0 replaces all, count 0 deletes all.
        take(areas, 0x8602, "0001" + RECTANGLE_5);
        assertThat(told(areas, 2)).isEqualTo("02000000010001" + RECTANGLE_5);
        take(areas, 0x8603, "00");
        assertThat(told(areas, 2)).isEqualTo("0200000000");
        assertThat(told(areas, 4)).isEqualTo("0400000001" + ROUTE_5);
        assertThat(areas.tell(new AreaQuery(5, List.of()))).isNull();
        assertThat(take(areas, 0x8608, "0200000000")).isEqualTo(-1);
    }

    @Test
    void oneInTwentyFiveSaysYesAndKeepsNothing() {
        Areas forgets = new Areas(36);
        assertThat(take(forgets, 0x8602, "0101" + RECTANGLE_5)).isEqualTo(GeneralAnswer.SUCCESS);
        assertThat(told(forgets, 2)).isEqualTo("0200000000");
    }

    @Test
    void aLongRouteIsTakenWithTheLastOfItsPackages() {
        ByteBuf frames = Unpooled.buffer();
        new FrameWriter(11)
                .begin(TerminalAddress.of("14100000000", true), 0x8606, 0xFFFF)
                .putBytes(HexFormat.of().parseHex(ROUTE_5))
                .end(frames);
        List<Integer> answers = new ArrayList<>();
        new FrameSplitter().feed(frames, new FrameConsumer() {
            @Override
            public void frame(FrameView frame) {
                answers.add(areas.take(Edition.V2019, frame, 0));
            }

            @Override
            public void rejected(FrameStatus cause, int wireBytes) {
                throw new AssertionError(cause);
            }
        });
        assertThat(answers).containsExactly(Areas.UNFINISHED, Areas.UNFINISHED, GeneralAnswer.SUCCESS);
        assertThat(told(areas, 4)).isEqualTo("0400000001" + ROUTE_5);
    }

    private static int take(Areas areas, int messageId, String hex) {
        byte[] body = HexFormat.of().parseHex(hex);
        return areas.take(Edition.V2019, messageId, new BodyReader(body, 0, body.length));
    }

    /** The body of the answer: between the header of 17 bytes and the checksum. */
    private static String told(Areas areas, int kind) {
        AreaAnswer answer = Objects.requireNonNull(areas.tell(new AreaQuery(kind, List.of())));
        ByteBuf out = Unpooled.buffer();
        answer.put(Edition.V2019, new FrameWriter().begin(TerminalAddress.of("14100000000", true), 0x0608, 1))
                .end(out);
        String frame = ByteBufUtil.hexDump(out).toUpperCase(Locale.ROOT);
        return frame.substring(2 * 18, frame.length() - 4);
    }
}
