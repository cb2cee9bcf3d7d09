package io.haulwatch.jt808.message;

import java.util.HexFormat;
import java.util.Locale;

/** The message ids (消息 ID) of JT/T 808, the one home of these numbers. Up is terminal to platform, down the other way. */
public final class MessageId {
    /** Terminal general answer (终端通用应答), up. */
    public static final int TERMINAL_ANSWER = 0x0001;
    /** Platform general answer (平台通用应答), down. */
    public static final int PLATFORM_ANSWER = 0x8001;
    /** Heartbeat (心跳), up. */
    public static final int HEARTBEAT = 0x0002;
    /** Deregistration (注销), up. */
    public static final int DEREGISTER = 0x0003;
    /** Query of the server time (查询服务器时间), up, 2019. */
    public static final int QUERY_TIME = 0x0004;
    /** Server time in UTC, down, 2019. */
    public static final int SERVER_TIME = 0x8004;
    /** Sub-packages asked for again by the terminal, up, 2019. */
    public static final int RESEND_BY_TERMINAL = 0x0005;
    /** Sub-packages asked for again by the platform (补传分包请求), down, 2013 and 2019. */
    public static final int RESEND_BY_PLATFORM = 0x8003;
    /** Registration (终端注册), up. */
    public static final int REGISTER = 0x0100;
    /** Answer to a registration, down. */
    public static final int REGISTER_ANSWER = 0x8100;
    /** Authentication (终端鉴权), up. */
    public static final int AUTHENTICATE = 0x0102;
    /** Set parameters (设置终端参数), down. */
    public static final int SET_PARAMETERS = 0x8103;
    /** Query all parameters, down. */
    public static final int QUERY_PARAMETERS = 0x8104;
    /** Answer to a query of parameters, up. */
    public static final int PARAMETERS = 0x0104;
    /** Terminal control (终端控制), down. */
    public static final int CONTROL = 0x8105;
    /** Query given parameters, down, 2013 and 2019. */
    public static final int QUERY_GIVEN_PARAMETERS = 0x8106;
    /** Query terminal attributes, down, 2013 and 2019. */
    public static final int QUERY_ATTRIBUTES = 0x8107;
    /** Terminal attributes (终端属性), up, 2013 and 2019. */
    public static final int ATTRIBUTES = 0x0107;
    /** Upgrade package, down, 2013 and 2019. */
    public static final int UPGRADE = 0x8108;
    /** Upgrade result, up, 2013 and 2019. */
    public static final int UPGRADE_RESULT = 0x0108;
    /** Position report (位置信息汇报), up. */
    public static final int LOCATION = 0x0200;
    /** Position query (位置信息查询), down. */
    public static final int QUERY_LOCATION = 0x8201;
    /** Answer to a position query, up. */
    public static final int LOCATION_ANSWER = 0x0201;
    /** Temporary tracking (临时位置跟踪), down. */
    public static final int TRACKING = 0x8202;
    /** Manual confirmation of alarms (人工确认报警), down, 2013 and 2019. */
    public static final int CONFIRM_ALARM = 0x8203;
    /** Link check (链路检测), down, 2019. */
    public static final int LINK_CHECK = 0x8204;
    /** Text message (文本信息下发), down. */
    public static final int TEXT = 0x8300;
    /** Event list, down, 2011 and 2013. */
    public static final int EVENT_LIST = 0x8301;
    /** Event report (事件报告), up, 2011 and 2013. */
    public static final int EVENT = 0x0301;
    /** Question (提问下发), down, 2011 and 2013. */
    public static final int QUESTION = 0x8302;
    /** Answer to a question, up, 2011 and 2013. */
    public static final int QUESTION_ANSWER = 0x0302;
    /** Information menu, down, 2011 and 2013. */
    public static final int INFO_MENU = 0x8303;
    /** Order of information (信息点播), up, 2011 and 2013. */
    public static final int INFO_ORDER = 0x0303;
    /** Information service, down, 2011 and 2013. */
    public static final int INFO_SERVICE = 0x8304;
    /** Call back (电话回拨), down. */
    public static final int CALL_BACK = 0x8400;
    /** Phone book, down. */
    public static final int PHONE_BOOK = 0x8401;
    /** Vehicle control (车辆控制), down. */
    public static final int VEHICLE_CONTROL = 0x8500;
    /** Answer to vehicle control, up. */
    public static final int VEHICLE_CONTROL_ANSWER = 0x0500;
    /** Set circles (圆形区域), down. */
    public static final int SET_CIRCLES = 0x8600;
    /** Delete circles, down. */
    public static final int DELETE_CIRCLES = 0x8601;
    /** Set rectangles (矩形区域), down. */
    public static final int SET_RECTANGLES = 0x8602;
    /** Delete rectangles, down. */
    public static final int DELETE_RECTANGLES = 0x8603;
    /** Set a polygon (多边形区域), down. */
    public static final int SET_POLYGON = 0x8604;
    /** Delete polygons, down. */
    public static final int DELETE_POLYGONS = 0x8605;
    /** Set a route (路线), down. */
    public static final int SET_ROUTE = 0x8606;
    /** Delete routes, down. */
    public static final int DELETE_ROUTES = 0x8607;
    /** Query areas and routes, down, 2019. */
    public static final int QUERY_AREAS = 0x8608;
    /** Areas and routes, up, 2019. */
    public static final int AREAS = 0x0608;
    /** Collect recorder data (行驶记录数据采集), down. */
    public static final int COLLECT_RECORDER = 0x8700;
    /** Recorder data, up. */
    public static final int RECORDER_DATA = 0x0700;
    /** Recorder parameters, down. */
    public static final int RECORDER_PARAMETERS = 0x8701;
    /** Electronic waybill (电子运单), up. */
    public static final int WAYBILL = 0x0701;
    /** Driver identity (驾驶员身份信息), up. */
    public static final int DRIVER = 0x0702;
    /** Query of the driver identity, down, 2013 and 2019. */
    public static final int QUERY_DRIVER = 0x8702;
    /** Position batch (定位数据批量上传), up, 2013 and 2019. */
    public static final int LOCATION_BATCH = 0x0704;
    /** CAN data, up, 2013 and 2019. */
    public static final int CAN_DATA = 0x0705;
    /** Multimedia event (多媒体事件), up. */
    public static final int MEDIA_EVENT = 0x0800;
    /** Multimedia data (多媒体数据), up. */
    public static final int MEDIA_DATA = 0x0801;
    /** Answer to multimedia data, down. */
    public static final int MEDIA_ANSWER = 0x8800;
    /** Shoot now (立即拍摄), down. */
    public static final int SHOOT = 0x8801;
    /** Answer to shooting, up, 2013 and 2019. */
    public static final int SHOOT_ANSWER = 0x0805;
    /** Search stored media, down. */
    public static final int SEARCH_MEDIA = 0x8802;
    /** Stored media found, up. */
    public static final int MEDIA_FOUND = 0x0802;
    /** Upload stored media, down. */
    public static final int UPLOAD_MEDIA = 0x8803;
    /** Record sound, down. */
    public static final int RECORD_SOUND = 0x8804;
    /** Upload one stored item, down, 2013 and 2019. */
    public static final int UPLOAD_ONE_MEDIA = 0x8805;
    /** Pass-through (透传), down. */
    public static final int PASS_DOWN = 0x8900;
    /** Pass-through (透传), up. */
    public static final int PASS_UP = 0x0900;
    /** Compressed upload, up. */
    public static final int COMPRESSED = 0x0901;
    /** RSA public key of the platform, down. */
    public static final int PLATFORM_KEY = 0x8A00;
    /** RSA public key of the terminal, up. */
    public static final int TERMINAL_KEY = 0x0A00;
    /** Request for the attachments of an active-safety alarm, down, T/JSATL 12. */
    public static final int ALARM_ATTACHMENTS = 0x9208;

    private MessageId() {}

    /** Four hex digits behind 0x, as the standard writes ids: "0x0200". */
    public static String text(int messageId) {
        return "0x" + HexFormat.of().toHexDigits((short) messageId).toUpperCase(Locale.ROOT);
    }

    /** What the message is, in words; "unknown message" for ids outside the table. */
    public static String meaning(int messageId) {
        return switch (messageId) {
            case TERMINAL_ANSWER -> "general answer of the terminal";
            case PLATFORM_ANSWER -> "general answer of the platform";
            case HEARTBEAT -> "heartbeat";
            case DEREGISTER -> "deregistration";
            case QUERY_TIME -> "query of the server time";
            case SERVER_TIME -> "server time";
            case RESEND_BY_TERMINAL -> "request for sub-packages by the terminal";
            case RESEND_BY_PLATFORM -> "request for sub-packages by the platform";
            case REGISTER -> "registration";
            case REGISTER_ANSWER -> "answer to a registration";
            case AUTHENTICATE -> "authentication";
            case SET_PARAMETERS -> "set parameters";
            case QUERY_PARAMETERS -> "query all parameters";
            case PARAMETERS -> "parameters";
            case CONTROL -> "terminal control";
            case QUERY_GIVEN_PARAMETERS -> "query given parameters";
            case QUERY_ATTRIBUTES -> "query terminal attributes";
            case ATTRIBUTES -> "terminal attributes";
            case UPGRADE -> "upgrade package";
            case UPGRADE_RESULT -> "upgrade result";
            case LOCATION -> "position report";
            case QUERY_LOCATION -> "position query";
            case LOCATION_ANSWER -> "answer to a position query";
            case TRACKING -> "temporary tracking";
            case CONFIRM_ALARM -> "manual confirmation of alarms";
            case LINK_CHECK -> "link check";
            case TEXT -> "text message";
            case EVENT_LIST -> "event list";
            case EVENT -> "event report";
            case QUESTION -> "question";
            case QUESTION_ANSWER -> "answer to a question";
            case INFO_MENU -> "information menu";
            case INFO_ORDER -> "order of information";
            case INFO_SERVICE -> "information service";
            case CALL_BACK -> "call back";
            case PHONE_BOOK -> "phone book";
            case VEHICLE_CONTROL -> "vehicle control";
            case VEHICLE_CONTROL_ANSWER -> "answer to vehicle control";
            case SET_CIRCLES -> "set circles";
            case DELETE_CIRCLES -> "delete circles";
            case SET_RECTANGLES -> "set rectangles";
            case DELETE_RECTANGLES -> "delete rectangles";
            case SET_POLYGON -> "set a polygon";
            case DELETE_POLYGONS -> "delete polygons";
            case SET_ROUTE -> "set a route";
            case DELETE_ROUTES -> "delete routes";
            case QUERY_AREAS -> "query areas and routes";
            case AREAS -> "areas and routes";
            case COLLECT_RECORDER -> "collect recorder data";
            case RECORDER_DATA -> "recorder data";
            case RECORDER_PARAMETERS -> "recorder parameters";
            case WAYBILL -> "electronic waybill";
            case DRIVER -> "driver identity";
            case QUERY_DRIVER -> "query of the driver identity";
            case LOCATION_BATCH -> "position batch";
            case CAN_DATA -> "CAN data";
            case MEDIA_EVENT -> "multimedia event";
            case MEDIA_DATA -> "multimedia data";
            case MEDIA_ANSWER -> "answer to multimedia data";
            case SHOOT -> "shoot now";
            case SHOOT_ANSWER -> "answer to shooting";
            case SEARCH_MEDIA -> "search stored media";
            case MEDIA_FOUND -> "stored media found";
            case UPLOAD_MEDIA -> "upload stored media";
            case RECORD_SOUND -> "record sound";
            case UPLOAD_ONE_MEDIA -> "upload one stored item";
            case PASS_DOWN -> "pass-through down";
            case PASS_UP -> "pass-through up";
            case COMPRESSED -> "compressed upload";
            case PLATFORM_KEY -> "RSA public key of the platform";
            case TERMINAL_KEY -> "RSA public key of the terminal";
            case ALARM_ATTACHMENTS -> "request for alarm attachments";
            default -> "unknown message";
        };
    }
}
