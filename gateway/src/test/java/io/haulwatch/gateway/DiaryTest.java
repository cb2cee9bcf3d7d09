package io.haulwatch.gateway;

import static io.haulwatch.gateway.GatewayFixture.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.haulwatch.gateway.diary.Diaries;
import io.haulwatch.gateway.diary.FrameTap;
import io.haulwatch.gateway.diary.TerminalDiary;
import io.haulwatch.gateway.metrics.CloseCause;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.decode.FrameDecoder;
import io.haulwatch.jt808.message.MessageId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiaryTest {
    private static final String PHONE = "13912345678";

    @TempDir
    Path folder;

    @Test
    void remembersComingsFaultsAndOnDemandTheLastFramesOfATerminal() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(folder, options -> options)) {
            fixture.know(known(7, PHONE));
            Diaries diaries = fixture.gateway.diaries();
            Terminal808 terminal = fixture.signedOn(Edition.V2019, PHONE, 7);
            TerminalDiary diary = Objects.requireNonNull(diaries.of(7));
            assertThat(diaries.frames(diary)).as("the first look opens the tap").isEmpty();

            terminal.send(terminal.begin(MessageId.HEARTBEAT, 1));
            terminal.next();
            terminal.send(terminal.begin(MessageId.LOCATION, 2).putU8(0));
            terminal.next();
            List<FrameTap.Frame> frames = Objects.requireNonNull(diaries.frames(diary));
            assertThat(frames).hasSize(2).allMatch(FrameTap.Frame::whole);
            Map<String, ?> oldest = FrameDecoder.decode(frames.getLast().hex());
            assertThat(oldest.get("message_id")).isEqualTo("0x0002");
            assertThat(oldest.get("phone")).isEqualTo(PHONE);
            assertThat(diary.page().faults()).isEqualTo(Map.of(Rejection.BAD_BODY, 1));

            terminal.close();
            await().until(() -> diary.page().events().size() == 2);
            assertThat(diary.page().events().getFirst().why()).isNull();
            assertThat(diary.page().events().getLast().why()).isEqualTo(CloseCause.PEER);
            assertThat(diary.page().signOns()).isEqualTo(1);
        }
    }
}
