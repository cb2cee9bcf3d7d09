package io.haulwatch.gateway.link;

import io.haulwatch.gateway.command.CommandChange.Fix;
import io.haulwatch.gateway.media.Delivery;
import io.haulwatch.gateway.media.MediaPort;
import io.haulwatch.gateway.media.MediaPort.Kept;
import io.haulwatch.gateway.media.MediaRoom;
import io.haulwatch.gateway.metrics.GatewayCounters;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.SubpackageAssembler;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.media.MediaAnswer;
import io.haulwatch.jt808.media.MediaData;
import io.haulwatch.jt808.media.MediaHead;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.LocationView;
import io.haulwatch.jt808.message.MessageId;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Media (0x0800, 0x0801), recorder data (0x0700) and pass-through (0x0900) of signed-on terminals: handed to be kept, and answered when they are durable. What
 * cannot be kept now is not answered, so it comes again. Thread-safe.
 */
public final class MediaDesk {
    private static final Logger LOG = LoggerFactory.getLogger(MediaDesk.class);

    private final MediaPort port;
    private final MediaRoom room;
    private final GatewayCounters counters;

    public MediaDesk(MediaPort port, MediaRoom room, GatewayCounters counters) {
        this.port = port;
        this.room = room;
        this.counters = counters;
    }

    MediaRoom room() {
        return room;
    }

    /** 0x0800: a medium was made in the terminal. */
    void event(TerminalLink link, FrameView frame, TerminalAddress address) {
        MediaHead head = MediaHead.read(new BodyReader(frame.bytes(), frame.bodyOffset(), frame.bodyLength()));
        int serial = frame.serial();
        if (head == null) {
            link.wrong(address, serial, MessageId.MEDIA_EVENT);
            return;
        }
        keep(
                link,
                delivery(link, Delivery.Kind.ANNOUNCED, head, null, 0, Bytes.NONE),
                kept -> link.answer(address, serial, MessageId.MEDIA_EVENT, result(link, kept)));
    }

    /** A package of 0x0801. */
    void takePackage(TerminalLink link, FrameView frame, TerminalAddress address) {
        SubpackageAssembler.Assembled whole =
                link.mediaPackages().take(link, frame, address, link.lane().nowMillis());
        if (whole != null) {
            byte[] body = whole.body();
            medium(link, address, frame.is2019(), whole.lastSerial(), body, 0, body.length);
        }
    }

    /** 0x0801: answered with 0x8800 once it is kept; with 0x8001 if it is refused, because 0x8800 has no word for that. */
    void medium(
            TerminalLink link,
            TerminalAddress address,
            boolean is2019,
            int serial,
            byte[] bytes,
            int offset,
            int length) {
        Edition edition = MediaData.edition(is2019, new BodyReader(bytes, offset, length));
        MediaData said = MediaData.read(edition, new BodyReader(bytes, offset, length));
        if (said == null || said.data().size() == 0) {
            link.wrong(address, serial, MessageId.MEDIA_DATA);
            return;
        }
        MediaHead head = said.head();
        LocationView place = link.lane().location;
        Fix fix = said.position() != null && place.wrap(bytes, offset + MediaHead.LENGTH, LocationView.BASE)
                ? Messages.fix(place)
                : null;
        keep(link, delivery(link, Delivery.Kind.MEDIUM, head, fix, 0, said.data()), kept -> {
            int result = result(link, kept);
            if (result != GeneralAnswer.SUCCESS || link.mediaPackages().answersEach()) {
                link.answer(address, serial, MessageId.MEDIA_DATA, result);
            }
            ByteBuf out = link.out();
            if (result == GeneralAnswer.SUCCESS && out != null) {
                new MediaAnswer(head.mediaId(), List.of())
                        .put(edition, link.begin(address, MessageId.MEDIA_ANSWER))
                        .end(out);
            }
        });
    }

    /**
     * 0x0900 and 0x0700.
     *
     * @param then runs when it is kept, before it is answered
     */
    void raw(
            TerminalLink link,
            TerminalAddress address,
            int messageId,
            int serial,
            Bytes content,
            int detail,
            Runnable then) {
        RecentReports recent = link.recent();
        long hash = content.hashCode() * 31L + detail;
        if (recent != null && recent.knows(messageId, serial) && recent.holds(messageId, serial, hash)) {
            link.stored(address, messageId, serial, hash);
            return;
        }
        Delivery.Kind kind = messageId == MessageId.RECORDER_DATA ? Delivery.Kind.RECORDER : Delivery.Kind.PASS_THROUGH;
        keep(link, delivery(link, kind, null, null, detail, content), kept -> {
            int result = result(link, kept);
            if (result == GeneralAnswer.SUCCESS) {
                then.run();
                link.stored(address, messageId, serial, hash);
            } else {
                link.refused(serial);
                link.answer(address, serial, messageId, result);
            }
        });
    }

    private static Delivery delivery(
            TerminalLink link,
            Delivery.Kind kind,
            @Nullable MediaHead head,
            @Nullable Fix fix,
            int detail,
            Bytes content) {
        return new Delivery(link.vehicleId(), kind, link.lane().nowMillis(), head, fix, detail, content);
    }

    private void keep(TerminalLink link, Delivery delivery, Consumer<Kept> then) {
        int bytes = delivery.content().size();
        room.change(bytes);
        var unused = port.keep(delivery).whenComplete((kept, failure) -> {
            room.change(-bytes);
            if (failure != null) {
                counters.filesUnanswered.increment();
                LOG.debug("not kept now, comes again: vehicleId={}", delivery.vehicleId(), failure);
                return;
            }
            counters.files.count(kept);
            try {
                link.lane().loop.execute(() -> then.accept(kept));
            } catch (RejectedExecutionException e) {
                LOG.debug("the event loop has ended; the terminal sends it again", e);
            }
        });
    }

    private static int result(TerminalLink link, Kept kept) {
        return switch (kept) {
            case STORED, KNOWN -> GeneralAnswer.SUCCESS;
            case OVER_QUOTA -> {
                link.rejected(Rejection.FILE_QUOTA);
                yield GeneralAnswer.FAILURE;
            }
            case WRONG_TYPE -> {
                link.rejected(Rejection.FILE_TYPE);
                yield GeneralAnswer.UNSUPPORTED;
            }
        };
    }
}
