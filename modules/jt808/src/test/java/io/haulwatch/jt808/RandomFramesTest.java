package io.haulwatch.jt808;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.haulwatch.jt808.decode.MessageReader;
import io.haulwatch.jt808.frame.FrameWriter;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.Tree;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random legal frames of every message in every edition, up and down: the product reads them as {@link ReferenceBodies} does, field by field, and writes the same bytes
 * again. How many is {@code haulwatch.jt808.frames}, from which seed {@code haulwatch.jt808.seed}.
 */
class RandomFramesTest {
    private static final int FRAMES = Integer.getInteger("haulwatch.jt808.frames", 40_000);
    private static final long SEED = Long.getLong("haulwatch.jt808.seed", 20_260_315L);
    private static final int LONGEST_BODY = 1_023;

    private final Random dice = new Random(SEED);
    private final ProductParser product = new ProductParser();
    private final FrameWriter writer = new FrameWriter();
    private final ByteBuf wire = Unpooled.buffer(4_096);

    @Test
    void areReadAndWrittenAsTheReferenceSaysThem() {
        List<Edition> editions = List.of(Edition.values());
        List<ReferenceBodies> references = new ArrayList<>();
        List<int[]> ids = new ArrayList<>();
        for (Edition edition : editions) {
            ReferenceBodies reference = new ReferenceBodies(Integer.parseInt(edition.year()));
            references.add(reference);
            ids.add(reference.ids());
        }
        // A connection's first flag; from here on every slice is judged.
        product.feed(Unpooled.wrappedBuffer(HexFormat.of().parseHex("7E000200000139123456780001337E")));
        Map<String, Integer> seen = new TreeMap<>();
        int agreed = 0;
        for (int i = 0; i < FRAMES; i++) {
            int form = dice.nextInt(editions.size());
            Edition edition = editions.get(form);
            int[] known = ids.get(form);
            int id = known[dice.nextInt(known.length)];
            ReferenceBodies reference = references.get(form);
            byte[] body = body(reference, id);
            agree(i, edition, id, body, reference);
            agreed++;
            seen.merge(edition.year() + " " + MessageId.text(id), 1, Integer::sum);
        }
        System.out.println("random legal frames: seed=" + SEED + " frames=" + FRAMES + " agreed=" + agreed
                + " messages by edition=" + seen.size());
        int all = ids.stream().mapToInt(known -> known.length).sum();
        assertThat(all).isGreaterThan(180);
        if (FRAMES >= 20_000) {
            assertThat(seen).hasSize(all);
        }
    }

    /** A legal body that fits one package; one that both dialects could be read from says nothing and is made again. */
    private byte[] body(ReferenceBodies reference, int id) {
        while (true) {
            ReferenceWalk making = ReferenceWalk.making(dice);
            reference.walk(id, making);
            byte[] body = making.made();
            if (body.length <= LONGEST_BODY && !reference.ambiguous(id, body)) {
                return body;
            }
        }
    }

    private void agree(int i, Edition edition, int id, byte[] body, ReferenceBodies reference) {
        boolean is2019 = edition == Edition.V2019;
        int serial = dice.nextInt(0x10000);
        long phone = 10_000_000_000L + Math.floorMod(dice.nextLong(), 90_000_000_000L);
        byte[] frame = Mutator.framed(content(id, is2019, phone, serial, body));
        String where = "seed=" + SEED + " frame=" + i + " edition=" + edition.year() + " wire="
                + HexFormat.of().formatHex(frame);
        List<Event> expectedEvents = ReferenceParser.parse(frame);
        List<Event> events = product.feed(Unpooled.wrappedBuffer(frame, 1, frame.length - 1));
        if (!events.equals(expectedEvents)) {
            fail("%s%nreference: %s%nproduct:   %s", where, expectedEvents, events);
        }
        ReferenceWalk reading = ReferenceWalk.reading(body);
        reference.walk(id, reading);
        String expected = reading.tree().toString();
        MessageReader.Decoded decoded = MessageReader.read(edition, id, body, 0, body.length);
        if (decoded == null || decoded.partial() || decoded.rest().size() > 0) {
            fail("%s: not read whole: %s", where, decoded);
            return;
        }
        Tree tree = new Tree(edition);
        decoded.body().describe(tree);
        String actual = tree.map().toString();
        if (!actual.equals(expected)) {
            fail("%s%nreference: %s%nproduct:   %s", where, expected, actual);
        }
        wire.clear();
        writer.begin(TerminalAddress.of(Long.toString(phone), is2019), id, serial);
        decoded.body().put(edition, writer).end(wire);
        byte[] written = new byte[wire.readableBytes()];
        wire.readBytes(written);
        if (!Arrays.equals(written, frame)) {
            fail("%s%nwritten: %s%n%s", where, HexFormat.of().formatHex(written), decoded.body());
        }
    }

    /** Header and body, put together digit by digit. */
    private static byte[] content(int id, boolean is2019, long phone, int serial, byte[] body) {
        StringBuilder hex = new StringBuilder();
        hex.append(String.format(Locale.ROOT, "%04x%04x", id, body.length + (is2019 ? 0x4000 : 0)));
        hex.append(is2019 ? "01" : "").append(String.format(Locale.ROOT, is2019 ? "%020d" : "%012d", phone));
        hex.append(String.format(Locale.ROOT, "%04x", serial))
                .append(HexFormat.of().formatHex(body));
        return HexFormat.of().parseHex(hex);
    }
}
