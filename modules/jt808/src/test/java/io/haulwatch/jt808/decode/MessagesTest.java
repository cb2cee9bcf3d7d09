package io.haulwatch.jt808.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.GoldenFrame;
import io.haulwatch.jt808.field.Bcd;
import io.haulwatch.jt808.frame.FrameConsumer;
import io.haulwatch.jt808.frame.FrameSplitter;
import io.haulwatch.jt808.frame.FrameStatus;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.Tree;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message of the sheet against frames spelled by hand, in both directions and in each edition. What they read as is in {@link GoldenFramesTest}. */
class MessagesTest {
    private static final Set<Integer> ONLY_2019 = Set.of(
            MessageId.QUERY_TIME,
            MessageId.SERVER_TIME,
            MessageId.RESEND_BY_TERMINAL,
            MessageId.LINK_CHECK,
            MessageId.QUERY_AREAS,
            MessageId.AREAS);

    static List<GoldenFrame> messages() {
        return GoldenFrame.all().stream()
                .filter(frame -> frame.name().startsWith("messages"))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void isWrittenAsItsFileSpellsIt(GoldenFrame golden) {
        Frame frame = frame(golden);
        assertThat(golden.spelledBody()).isEqualTo(Bcd.hex(frame.body, 0, frame.body.length));
        assertThat(golden.editions()).isNotEmpty();
        if (frame.body.length == 0) {
            return;
        }
        for (Edition edition : golden.editions()) {
            MessageReader.Decoded decoded = Objects.requireNonNull(
                    MessageReader.read(edition, frame.messageId, frame.body, 0, frame.body.length));
            assertThat(decoded.partial()).as(edition.year()).isFalse();
            assertThat(decoded.rest().size()).as(edition.year()).isZero();
            FrameWriter writer = new FrameWriter();
            writer.begin(frame.address, frame.messageId, frame.serial);
            ByteBuf out = Unpooled.buffer();
            decoded.body().put(edition, writer).end(out);
            assertThat(ByteBufUtil.hexDump(out)).as(edition.year()).isEqualTo(ByteBufUtil.hexDump(golden.wire()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void isReadWhereverItIsCutAndWhateverFollows(GoldenFrame golden) {
        Frame frame = frame(golden);
        byte[] longer = Arrays.copyOf(frame.body, frame.body.length + 3);
        for (Edition edition : Edition.values()) {
            for (int length = 0; length <= longer.length; length++) {
                MessageReader.Decoded decoded = MessageReader.read(edition, frame.messageId, longer, 0, length);
                if (decoded != null) {
                    Tree tree = new Tree(edition);
                    decoded.body().describe(tree);
                    assertThat(tree.map()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void everyMessageOfTheTableHasAFrameInEachEditionThatHasIt() throws IllegalAccessException {
        Set<String> wanted = new TreeSet<>();
        for (Field field : MessageId.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                int id = field.getInt(null);
                wanted.add(MessageId.text(id) + " 2019");
                if (!ONLY_2019.contains(id)) {
                    wanted.add(MessageId.text(id) + " old");
                }
            }
        }
        Set<String> there = new TreeSet<>();
        for (GoldenFrame golden : messages()) {
            Frame frame = frame(golden);
            there.add(MessageId.text(frame.messageId) + (frame.address.is2019() ? " 2019" : " old"));
        }
        assertThat(there).isEqualTo(wanted).hasSizeGreaterThan(130);
    }

    private static Frame frame(GoldenFrame golden) {
        List<Frame> frames = new ArrayList<>();
        new FrameSplitter().feed(Unpooled.wrappedBuffer(golden.wire()), new FrameConsumer() {
            @Override
            public void frame(FrameView frame) {
                frames.add(new Frame(TerminalAddress.of(frame), frame.messageId(), frame.serial(), frame.copyBody()));
            }

            @Override
            public void rejected(FrameStatus cause, int wireBytes) {
                throw new AssertionError(golden.name() + ": " + cause);
            }
        });
        return frames.getFirst();
    }

    private static final class Frame {
        private final TerminalAddress address;
        private final int messageId;
        private final int serial;
        private final byte[] body;

        private Frame(TerminalAddress address, int messageId, int serial, byte[] body) {
            this.address = address;
            this.messageId = messageId;
            this.serial = serial;
            this.body = body;
        }
    }
}
