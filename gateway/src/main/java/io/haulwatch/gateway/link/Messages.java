package io.haulwatch.gateway.link;

import io.haulwatch.gateway.command.CommandChange.Fix;
import io.haulwatch.gateway.command.CommandChange.Zones;
import io.haulwatch.gateway.metrics.GatewayCounters;
import io.haulwatch.gateway.metrics.Rejection;
import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.area.AreaAnswer;
import io.haulwatch.jt808.field.BigEndian;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.frame.FrameView;
import io.haulwatch.jt808.frame.SubpackageAssembler;
import io.haulwatch.jt808.frame.TerminalAddress;
import io.haulwatch.jt808.media.ShootAnswer;
import io.haulwatch.jt808.message.DriverIdentity;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.LocationBatchView;
import io.haulwatch.jt808.message.LocationView;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.ResendRequest;
import io.haulwatch.jt808.parameter.ParameterAnswer;
import io.haulwatch.jt808.passage.PassThrough;
import io.haulwatch.jt808.passage.RecorderData;
import io.haulwatch.model.report.CardRecord;
import io.haulwatch.model.report.PositionRecord;
import io.haulwatch.model.report.TallyRecord.Cause;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What an authenticated terminal says, and what it is answered; {@code docs/protocol.md} has the table. Stateless. */
final class Messages {
    /** Nothing was answered: the answer waits for the log. */
    private static final int WAITS = -1;

    private static final int STATUS_LOCKED = 1 << 12;

    private final SignOnDesk desk;
    private final GatewayCounters counters;

    Messages(SignOnDesk desk, GatewayCounters counters) {
        this.desk = desk;
        this.counters = counters;
    }

    void take(TerminalLink link, FrameView frame, TerminalAddress address) {
        if (frame.encryption() != 0) {
            link.rejected(Rejection.ENCRYPTED);
            link.answer(address, frame, GeneralAnswer.UNSUPPORTED);
            return;
        }
        if (frame.subpackaged()) {
            takePackage(link, frame, address);
            return;
        }
        int messageId = frame.messageId();
        switch (messageId) {
            case MessageId.LOCATION,
                    MessageId.LOCATION_BATCH,
                    MessageId.LOCATION_ANSWER,
                    MessageId.VEHICLE_CONTROL_ANSWER ->
                positions(
                        link,
                        address,
                        frame.is2019(),
                        messageId,
                        frame.serial(),
                        frame.bytes(),
                        frame.bodyOffset(),
                        frame.bodyLength());
            case MessageId.DRIVER -> card(link, frame, address);
            case MessageId.HEARTBEAT -> link.answer(address, frame, GeneralAnswer.SUCCESS);
            case MessageId.TERMINAL_ANSWER -> answered(link, frame);
            case MessageId.RESEND_BY_TERMINAL -> askedAgain(link, frame);
            case MessageId.PARAMETERS ->
                parameters(link, address, frame.serial(), frame.bytes(), frame.bodyOffset(), frame.bodyLength());
            case MessageId.AREAS ->
                zones(link, address, frame.serial(), frame.bytes(), frame.bodyOffset(), frame.bodyLength());
            case MessageId.MEDIA_EVENT -> desk.media().event(link, frame, address);
            case MessageId.MEDIA_DATA ->
                desk.media()
                        .medium(
                                link,
                                address,
                                frame.is2019(),
                                frame.serial(),
                                frame.bytes(),
                                frame.bodyOffset(),
                                frame.bodyLength());
            case MessageId.PASS_UP, MessageId.RECORDER_DATA ->
                raw(link, address, messageId, frame.serial(), frame.bytes(), frame.bodyOffset(), frame.bodyLength());
            case MessageId.SHOOT_ANSWER -> shot(link, frame, address);
            case MessageId.REGISTER -> desk.register(link, frame, address);
            case MessageId.AUTHENTICATE -> desk.authenticate(link, frame, address);
            case MessageId.DEREGISTER -> desk.deregister(link, frame, address);
            case MessageId.QUERY_TIME -> serverTime(link, address);
            default -> unsupported(link, frame, address);
        }
    }

    private void unsupported(TerminalLink link, FrameView frame, TerminalAddress address) {
        counters.unsupported(frame.messageId());
        link.tally(Cause.UNSUPPORTED, 1);
        link.answer(address, frame, GeneralAnswer.UNSUPPORTED);
    }

    /** What is not joined is answered package by package and costs no memory. */
    private void takePackage(TerminalLink link, FrameView frame, TerminalAddress address) {
        int messageId = frame.messageId();
        switch (messageId) {
            case MessageId.MEDIA_DATA -> desk.media().takePackage(link, frame, address);
            case MessageId.LOCATION,
                    MessageId.LOCATION_BATCH,
                    MessageId.LOCATION_ANSWER,
                    MessageId.PARAMETERS,
                    MessageId.AREAS,
                    MessageId.PASS_UP,
                    MessageId.RECORDER_DATA -> join(link, frame, address);
            default -> unsupported(link, frame, address);
        }
    }

    private void join(TerminalLink link, FrameView frame, TerminalAddress address) {
        int messageId = frame.messageId();
        boolean forLog = messageId == MessageId.LOCATION
                || messageId == MessageId.LOCATION_BATCH
                || messageId == MessageId.LOCATION_ANSWER;
        if (forLog && !link.lane().appendable()) {
            // Unanswered: it comes again, and nothing is joined that could not be stored.
            counters.reportsRefused.increment();
            link.tally(Cause.LOG_CLOSED, 1);
            return;
        }
        SubpackageAssembler.Assembled whole =
                link.longMessages().take(link, frame, address, link.lane().nowMillis());
        if (whole != null) {
            byte[] body = whole.body();
            int serial = whole.lastSerial();
            int answered = switch (messageId) {
                case MessageId.PARAMETERS -> parameters(link, address, serial, body, 0, body.length);
                case MessageId.AREAS -> zones(link, address, serial, body, 0, body.length);
                case MessageId.PASS_UP, MessageId.RECORDER_DATA ->
                    raw(link, address, messageId, serial, body, 0, body.length);
                default -> positions(link, address, frame.is2019(), messageId, serial, body, 0, body.length);
            };
            if (answered == GeneralAnswer.SUCCESS) {
                link.longMessages().stored(link, address, whole.lastSerial());
            } else if (answered != WAITS) {
                link.longMessages().refused(whole.lastSerial());
            }
        }
    }

    /** @return the result that was answered at once, or {@link #WAITS} */
    private int positions(
            TerminalLink link,
            TerminalAddress address,
            boolean is2019,
            int messageId,
            int serial,
            byte[] bytes,
            int offset,
            int length) {
        return switch (messageId) {
            case MessageId.LOCATION_BATCH -> batch(link, address, is2019, serial, bytes, offset, length);
            case MessageId.LOCATION_ANSWER, MessageId.VEHICLE_CONTROL_ANSWER ->
                located(link, address, is2019, messageId, serial, bytes, offset, length);
            default -> position(link, address, is2019, messageId, serial, bytes, offset, length);
        };
    }

    private void answered(TerminalLink link, FrameView frame) {
        GeneralAnswer answer = GeneralAnswer.read(frame.bytes(), frame.bodyOffset(), frame.bodyLength());
        if (answer == null) {
            link.rejected(Rejection.BAD_BODY);
        } else {
            link.answered(answer);
        }
    }

    /** Only edition 2019 has it, and what it asks for is the answer. */
    private static void askedAgain(TerminalLink link, FrameView frame) {
        ResendRequest request =
                ResendRequest.read(frame.is2019(), frame.bytes(), frame.bodyOffset(), frame.bodyLength());
        if (request == null) {
            link.rejected(Rejection.BAD_BODY);
        } else {
            link.askedAgain(request);
        }
    }

    /** A driver's card: appended, and answered when it is durable, because the terminal does not say it again. */
    private void card(TerminalLink link, FrameView frame, TerminalAddress address) {
        BodyReader body = new BodyReader(frame.bytes(), frame.bodyOffset(), frame.bodyLength());
        DriverIdentity said = DriverIdentity.read(DriverIdentity.edition(frame.is2019(), body), body);
        CardRecord.Event event = said == null ? null : event(said);
        if (said == null || event == null) {
            link.wrong(address, frame.serial(), frame.messageId());
            return;
        }
        Lane lane = link.lane();
        long hash = said.hashCode();
        RecentReports recent = link.recent();
        if (recent != null
                && recent.knows(MessageId.DRIVER, frame.serial())
                && recent.holds(MessageId.DRIVER, frame.serial(), hash)) {
            link.answer(address, frame, GeneralAnswer.SUCCESS);
            return;
        }
        if (!lane.appendable()) {
            counters.reportsRefused.increment();
            link.tally(Cause.LOG_CLOSED, 1);
            return;
        }
        counters.cards.count(event);
        lane.append(
                link,
                new CardRecord(
                        link.vehicleId(),
                        event,
                        lane.nowMillis(),
                        said.cardMillis(),
                        said.name(),
                        said.qualification(),
                        said.identityCard()),
                address,
                frame.serial(),
                hash);
    }

    /** The form of 2011 has no state: it says who drives. Null for a state that no edition knows. */
    private static CardRecord.@Nullable Event event(DriverIdentity said) {
        if (said.edition() == Edition.V2011) {
            return CardRecord.Event.IN;
        }
        return switch (said.state()) {
            case DriverIdentity.CARD_IN ->
                switch (said.readResult()) {
                    case DriverIdentity.READ -> CardRecord.Event.IN;
                    case DriverIdentity.PULLED_OUT -> CardRecord.Event.OUT;
                    default -> CardRecord.Event.UNREADABLE;
                };
            case DriverIdentity.CARD_OUT -> CardRecord.Event.OUT;
            default -> null;
        };
    }

    /** What is set in the terminal; some send it again until it is confirmed, though the standard does not ask for that. */
    private int parameters(
            TerminalLink link, TerminalAddress address, int serial, byte[] bytes, int offset, int length) {
        ParameterAnswer answer = ParameterAnswer.read(new BodyReader(bytes, offset, length));
        int result = answer == null ? GeneralAnswer.WRONG : GeneralAnswer.SUCCESS;
        if (answer == null) {
            link.rejected(Rejection.BAD_BODY);
        } else {
            link.reported(answer.serial(), answer.parameters());
        }
        link.answer(address, serial, MessageId.PARAMETERS, result);
        return result;
    }

    /** Zones that the terminal holds, of edition 2019; the sheet asks for no answer, and some send it again until there is one. */
    private int zones(TerminalLink link, TerminalAddress address, int serial, byte[] bytes, int offset, int length) {
        AreaAnswer answer = AreaAnswer.read(Edition.ofHeader(address.is2019()), new BodyReader(bytes, offset, length));
        Zones held = answer == null ? null : ZoneBodies.held(address.is2019(), answer);
        if (answer == null || held == null) {
            link.wrong(address, serial, MessageId.AREAS);
            return GeneralAnswer.WRONG;
        }
        link.holds(held, answer.count());
        link.answer(address, serial, MessageId.AREAS, GeneralAnswer.SUCCESS);
        return GeneralAnswer.SUCCESS;
    }

    /** Recorder data and pass-through: kept, and answered when durable. */
    private int raw(
            TerminalLink link,
            TerminalAddress address,
            int messageId,
            int serial,
            byte[] bytes,
            int offset,
            int length) {
        BodyReader body = new BodyReader(bytes, offset, length);
        if (messageId == MessageId.PASS_UP) {
            PassThrough said = PassThrough.read(body);
            if (said != null) {
                desk.media().raw(link, address, messageId, serial, said.content(), said.type(), () -> {});
                return WAITS;
            }
        } else {
            RecorderData said = RecorderData.read(body);
            if (said != null) {
                desk.media()
                        .raw(
                                link,
                                address,
                                messageId,
                                serial,
                                said.data(),
                                said.command(),
                                () -> link.recorded(said.serial()));
                return WAITS;
            }
        }
        link.wrong(address, serial, messageId);
        return GeneralAnswer.WRONG;
    }

    /** What a terminal took when it was told to; the sheet asks for no answer, and some send it again until there is one. */
    private void shot(TerminalLink link, FrameView frame, TerminalAddress address) {
        ShootAnswer said = ShootAnswer.read(new BodyReader(frame.bytes(), frame.bodyOffset(), frame.bodyLength()));
        if (said == null) {
            link.wrong(address, frame.serial(), frame.messageId());
        } else {
            link.shot(said.serial(), said.result(), said.mediaIds());
            link.answer(address, frame, GeneralAnswer.SUCCESS);
        }
    }

    /** A position as an answer. */
    static Fix fix(LocationView position) {
        return new Fix(
                position.latitudeMicrodeg(),
                position.longitudeMicrodeg(),
                position.speedDeciKmh(),
                position.headingDeg(),
                position.altitudeMetres(),
                position.fixed(),
                position.deviceMillis());
    }

    private void serverTime(TerminalLink link, TerminalAddress address) {
        ByteBuf out = link.out();
        if (out != null) {
            // 0x8004 is in UTC where everything else is in GMT+8; putTime writes GMT+8.
            long utcAsGmt8 = link.lane().nowMillis() - 8 * 3_600_000L;
            link.begin(address, MessageId.SERVER_TIME).putTime(utcAsGmt8).end(out);
        }
    }

    /** A position that answers a query (0x0201), or tells how the doors are (0x0500): it is a position all the same. */
    private int located(
            TerminalLink link,
            TerminalAddress address,
            boolean is2019,
            int messageId,
            int serial,
            byte[] bytes,
            int offset,
            int length) {
        if (length < 2) {
            link.wrong(address, serial, messageId);
            return GeneralAnswer.WRONG;
        }
        int querySerial = BigEndian.u16(bytes, offset);
        int answered = position(link, address, is2019, messageId, serial, bytes, offset + 2, length - 2);
        LocationView position = link.lane().location;
        if (messageId == MessageId.VEHICLE_CONTROL_ANSWER) {
            if (position.wrap(bytes, offset + 2, length - 2)) {
                link.controlled(querySerial, (position.status() & STATUS_LOCKED) != 0, fix(position));
            }
        } else if (!link.awaitsPosition(querySerial)) {
            counters.strayAnswers.increment();
        } else if (position.wrap(bytes, offset + 2, length - 2)) {
            link.located(querySerial, fix(position));
        }
        return answered;
    }

    /** One position: appended, and answered when it is durable. */
    private int position(
            TerminalLink link,
            TerminalAddress address,
            boolean is2019,
            int messageId,
            int serial,
            byte[] bytes,
            int offset,
            int length) {
        Lane lane = link.lane();
        LocationView position = lane.location;
        if (!position.wrap(bytes, offset, length)) {
            link.wrong(address, serial, messageId);
            return GeneralAnswer.WRONG;
        }
        RecentReports recent = link.recent();
        if (recent != null && recent.knows(messageId, serial) && recent.holds(messageId, serial, position.hash())) {
            counters.positionsRepeated.increment();
            link.tally(Cause.REPEATED, 1);
            link.answer(address, serial, messageId, GeneralAnswer.SUCCESS);
            return GeneralAnswer.SUCCESS;
        }
        if (!lane.appendable()) {
            counters.reportsRefused.increment();
            link.tally(Cause.LOG_CLOSED, 1);
            return GeneralAnswer.FAILURE;
        }
        link.reported(position.deviceMillis());
        int flags = (is2019 ? PositionRecord.FLAG_2019 : 0)
                | (messageId == MessageId.LOCATION ? 0 : PositionRecord.FLAG_ANSWER);
        lane.append(link, position, flags, address, messageId, serial);
        return WAITS;
    }

    /** A batch: every readable position is appended, and one answer waits until all are durable. */
    private int batch(
            TerminalLink link,
            TerminalAddress address,
            boolean is2019,
            int serial,
            byte[] bytes,
            int offset,
            int length) {
        Lane lane = link.lane();
        LocationBatchView batch = lane.batch;
        LocationView position = lane.location;
        boolean more = batch.wrap(bytes, offset, length) && batch.next(position);
        if (!more) {
            link.wrong(address, serial, MessageId.LOCATION_BATCH);
            return GeneralAnswer.WRONG;
        }
        RecentReports recent = link.recent();
        if (recent != null && recent.knows(MessageId.LOCATION_BATCH, serial)) {
            long hash = 0;
            while (more) {
                hash = hash * 31 + position.hash();
                more = batch.next(position);
            }
            if (recent.holds(MessageId.LOCATION_BATCH, serial, hash)) {
                counters.positionsRepeated.add(batch.items());
                link.tally(Cause.REPEATED, batch.items());
                link.answer(address, serial, MessageId.LOCATION_BATCH, GeneralAnswer.SUCCESS);
                return GeneralAnswer.SUCCESS;
            }
            batch.wrap(bytes, offset, length);
            more = batch.next(position);
        }
        if (!lane.appendable()) {
            counters.reportsRefused.increment();
            link.tally(Cause.LOG_CLOSED, 1);
            return GeneralAnswer.FAILURE;
        }
        int flags = batch.recordFlags() | (is2019 ? PositionRecord.FLAG_2019 : 0);
        lane.appendBatch(link, batch, position, flags, address, serial);
        if (batch.rejectedItems() > 0) {
            for (int i = 0; i < batch.rejectedItems(); i++) {
                link.rejected(Rejection.BAD_BATCH_ITEM);
            }
        }
        if (batch.crooked()) {
            counters.crookedBatches.increment();
        }
        return WAITS;
    }
}
