package io.haulwatch.jt808.decode;

import io.haulwatch.jt808.Edition;
import io.haulwatch.jt808.area.AreaAnswer;
import io.haulwatch.jt808.area.AreaQuery;
import io.haulwatch.jt808.area.DeleteAreas;
import io.haulwatch.jt808.area.Polygon;
import io.haulwatch.jt808.area.Route;
import io.haulwatch.jt808.area.SetCircles;
import io.haulwatch.jt808.area.SetRectangles;
import io.haulwatch.jt808.cab.EventList;
import io.haulwatch.jt808.cab.EventReport;
import io.haulwatch.jt808.cab.InfoMenu;
import io.haulwatch.jt808.cab.InfoOrder;
import io.haulwatch.jt808.cab.InfoService;
import io.haulwatch.jt808.cab.Question;
import io.haulwatch.jt808.cab.QuestionAnswer;
import io.haulwatch.jt808.control.AlarmConfirmation;
import io.haulwatch.jt808.control.CallBack;
import io.haulwatch.jt808.control.PhoneBook;
import io.haulwatch.jt808.control.Tracking;
import io.haulwatch.jt808.control.VehicleControl;
import io.haulwatch.jt808.field.BodyReader;
import io.haulwatch.jt808.field.Bytes;
import io.haulwatch.jt808.media.MediaAnswer;
import io.haulwatch.jt808.media.MediaData;
import io.haulwatch.jt808.media.MediaFilter;
import io.haulwatch.jt808.media.MediaFound;
import io.haulwatch.jt808.media.MediaHead;
import io.haulwatch.jt808.media.RecordSound;
import io.haulwatch.jt808.media.Shoot;
import io.haulwatch.jt808.media.ShootAnswer;
import io.haulwatch.jt808.media.UploadMedia;
import io.haulwatch.jt808.media.UploadOneMedia;
import io.haulwatch.jt808.message.Authentication;
import io.haulwatch.jt808.message.DriverIdentity;
import io.haulwatch.jt808.message.GeneralAnswer;
import io.haulwatch.jt808.message.LocationAnswer;
import io.haulwatch.jt808.message.LocationBatch;
import io.haulwatch.jt808.message.LocationReport;
import io.haulwatch.jt808.message.MessageBody;
import io.haulwatch.jt808.message.MessageId;
import io.haulwatch.jt808.message.Registration;
import io.haulwatch.jt808.message.RegistrationAnswer;
import io.haulwatch.jt808.message.ResendRequest;
import io.haulwatch.jt808.message.TextMessage;
import io.haulwatch.jt808.parameter.ParameterAnswer;
import io.haulwatch.jt808.parameter.ParameterQuery;
import io.haulwatch.jt808.parameter.SetParameters;
import io.haulwatch.jt808.passage.CanData;
import io.haulwatch.jt808.passage.Compressed;
import io.haulwatch.jt808.passage.PassThrough;
import io.haulwatch.jt808.passage.Peripherals;
import io.haulwatch.jt808.passage.RecorderCommand;
import io.haulwatch.jt808.passage.RecorderData;
import io.haulwatch.jt808.passage.Waybill;
import io.haulwatch.jt808.safety.AttachmentAnswer;
import io.haulwatch.jt808.safety.AttachmentFile;
import io.haulwatch.jt808.safety.AttachmentList;
import io.haulwatch.jt808.safety.AttachmentRequest;
import io.haulwatch.jt808.terminal.RsaKey;
import io.haulwatch.jt808.terminal.ServerTime;
import io.haulwatch.jt808.terminal.TerminalAttributes;
import io.haulwatch.jt808.terminal.TerminalControl;
import io.haulwatch.jt808.terminal.UpgradePackage;
import io.haulwatch.jt808.terminal.UpgradeResult;
import org.jspecify.annotations.Nullable;

/** From a message id and an edition to the body at rest: the one table of which record reads which message. */
public final class MessageReader {
    private MessageReader() {}

    /**
     * A body that was read.
     *
     * @param body what it says
     * @param partial something announced is missing; what is there was read
     * @param rest bytes behind what the message has
     */
    public record Decoded(MessageBody body, boolean partial, Bytes rest) {}

    /**
     * Reads the body of a message, all its packages joined. An edition that does not have a message takes the form of the next that has: headers do not tell 2011
     * from 2013.
     *
     * @return null if the message has no body by the standard, has no layout in it, or is shorter than its head
     */
    public static @Nullable Decoded read(Edition edition, int messageId, byte[] bytes, int offset, int length) {
        BodyReader in = new BodyReader(bytes, offset, length);
        MessageBody body = body(edition, messageId, in);
        if (body == null) {
            return null;
        }
        boolean partial = in.partial();
        return new Decoded(body, partial, in.rest());
    }

    /** Whether the message has a body with a layout. */
    public static boolean knows(int messageId) {
        byte[] longest = new byte[512];
        return body(Edition.V2013, messageId, new BodyReader(longest, 0, longest.length)) != null;
    }

    /** The edition of a body as far as header and body tell it: 2011 shows in the forms of 0x0100, 0x0702, 0x0801 and 0x0802 alone. */
    public static Edition edition(boolean header2019, int messageId, byte[] bytes, int offset, int length) {
        BodyReader in = new BodyReader(bytes, offset, length);
        return switch (messageId) {
            case MessageId.REGISTER -> {
                Registration registration = Registration.read(header2019, bytes, offset, length);
                yield registration == null ? Edition.ofHeader(header2019) : registration.edition();
            }
            case MessageId.DRIVER -> DriverIdentity.edition(header2019, in);
            case MessageId.MEDIA_DATA -> MediaData.edition(header2019, in);
            case MessageId.MEDIA_FOUND -> MediaFound.edition(header2019, in);
            default -> Edition.ofHeader(header2019);
        };
    }

    private static @Nullable MessageBody body(Edition edition, int messageId, BodyReader in) {
        return switch (messageId) {
            case MessageId.TERMINAL_ANSWER, MessageId.PLATFORM_ANSWER -> GeneralAnswer.read(in);
            case MessageId.SERVER_TIME -> ServerTime.read(in);
            case MessageId.RESEND_BY_PLATFORM, MessageId.RESEND_BY_TERMINAL -> ResendRequest.read(edition, in);
            case MessageId.REGISTER -> Registration.read(edition, in);
            case MessageId.REGISTER_ANSWER -> RegistrationAnswer.read(in);
            case MessageId.AUTHENTICATE -> Authentication.read(edition, in);
            case MessageId.SET_PARAMETERS -> SetParameters.read(in);
            case MessageId.PARAMETERS -> ParameterAnswer.read(in);
            case MessageId.QUERY_GIVEN_PARAMETERS -> ParameterQuery.read(in);
            case MessageId.CONTROL -> TerminalControl.read(in);
            case MessageId.ATTRIBUTES -> TerminalAttributes.read(edition, in);
            case MessageId.UPGRADE -> UpgradePackage.read(edition, in);
            case MessageId.UPGRADE_RESULT -> UpgradeResult.read(in);
            case MessageId.PLATFORM_KEY, MessageId.TERMINAL_KEY -> RsaKey.read(in);
            case MessageId.LOCATION -> LocationReport.read(in);
            case MessageId.LOCATION_ANSWER, MessageId.VEHICLE_CONTROL_ANSWER -> LocationAnswer.read(in);
            case MessageId.LOCATION_BATCH -> LocationBatch.read(in);
            case MessageId.TRACKING -> Tracking.read(in);
            case MessageId.CONFIRM_ALARM -> AlarmConfirmation.read(in);
            case MessageId.TEXT -> TextMessage.read(edition, in);
            case MessageId.CALL_BACK -> CallBack.read(in);
            case MessageId.PHONE_BOOK -> PhoneBook.read(in);
            case MessageId.VEHICLE_CONTROL -> VehicleControl.read(edition, in);
            default -> {
                MessageBody body = list(messageId, in);
                if (body == null) {
                    body = area(edition, messageId, in);
                }
                if (body == null) {
                    body = medium(edition, messageId, in);
                }
                yield body == null ? passage(edition, messageId, in) : body;
            }
        };
    }

    private static @Nullable MessageBody list(int messageId, BodyReader in) {
        return switch (messageId) {
            case MessageId.EVENT_LIST -> EventList.read(in);
            case MessageId.EVENT -> EventReport.read(in);
            case MessageId.QUESTION -> Question.read(in);
            case MessageId.QUESTION_ANSWER -> QuestionAnswer.read(in);
            case MessageId.INFO_MENU -> InfoMenu.read(in);
            case MessageId.INFO_ORDER -> InfoOrder.read(in);
            case MessageId.INFO_SERVICE -> InfoService.read(in);
            default -> null;
        };
    }

    private static @Nullable MessageBody area(Edition edition, int messageId, BodyReader in) {
        return switch (messageId) {
            case MessageId.SET_CIRCLES -> SetCircles.read(edition, in);
            case MessageId.SET_RECTANGLES -> SetRectangles.read(edition, in);
            case MessageId.SET_POLYGON -> Polygon.read(edition, in);
            case MessageId.SET_ROUTE -> Route.read(edition, in);
            case MessageId.DELETE_CIRCLES,
                    MessageId.DELETE_RECTANGLES,
                    MessageId.DELETE_POLYGONS,
                    MessageId.DELETE_ROUTES -> DeleteAreas.read(in);
            case MessageId.QUERY_AREAS -> AreaQuery.read(in);
            case MessageId.AREAS -> AreaAnswer.read(edition, in);
            default -> null;
        };
    }

    private static @Nullable MessageBody medium(Edition edition, int messageId, BodyReader in) {
        return switch (messageId) {
            case MessageId.MEDIA_EVENT -> MediaHead.read(in);
            case MessageId.MEDIA_DATA -> MediaData.read(edition, in);
            case MessageId.MEDIA_ANSWER -> MediaAnswer.read(in);
            case MessageId.SHOOT -> Shoot.read(in);
            case MessageId.SHOOT_ANSWER -> ShootAnswer.read(in);
            case MessageId.SEARCH_MEDIA -> MediaFilter.read(in);
            case MessageId.MEDIA_FOUND -> MediaFound.read(edition, in);
            case MessageId.UPLOAD_MEDIA -> UploadMedia.read(in);
            case MessageId.RECORD_SOUND -> RecordSound.read(in);
            case MessageId.UPLOAD_ONE_MEDIA -> UploadOneMedia.read(in);
            default -> null;
        };
    }

    private static @Nullable MessageBody passage(Edition edition, int messageId, BodyReader in) {
        return switch (messageId) {
            case MessageId.COLLECT_RECORDER, MessageId.RECORDER_PARAMETERS -> RecorderCommand.read(in);
            case MessageId.RECORDER_DATA -> RecorderData.read(in);
            case MessageId.WAYBILL -> Waybill.read(in);
            case MessageId.DRIVER -> DriverIdentity.read(edition, in);
            case MessageId.CAN_DATA -> CanData.read(in);
            case MessageId.PASS_DOWN -> passDown(in);
            case MessageId.PASS_UP -> passUp(in);
            case MessageId.COMPRESSED -> Compressed.read(in);
            case MessageId.ALARM_ATTACHMENTS -> AttachmentRequest.read(in);
            case MessageId.ATTACHMENT_LIST -> AttachmentList.read(in);
            case MessageId.ATTACHMENT_FILE, MessageId.ATTACHMENT_SENT -> AttachmentFile.read(in);
            case MessageId.ATTACHMENT_ANSWER -> AttachmentAnswer.read(in);
            default -> null;
        };
    }

    private static @Nullable MessageBody passDown(BodyReader in) {
        Peripherals query = Peripherals.readQuery(in);
        if (query != null) {
            return query;
        }
        in.rewind();
        return PassThrough.read(in);
    }

    private static @Nullable MessageBody passUp(BodyReader in) {
        Peripherals answer = Peripherals.readAnswer(in);
        if (answer != null) {
            return answer;
        }
        in.rewind();
        return PassThrough.read(in);
    }
}
