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

    /** Files of an alarm, up on the attachment server's connection, T/JSATL 12. */
    public static final int ATTACHMENT_LIST = 0x1210;
    /** A file about to be sent, up, T/JSATL 12. */
    public static final int ATTACHMENT_FILE = 0x1211;
    /** A file was sent, up, T/JSATL 12. */
    public static final int ATTACHMENT_SENT = 0x1212;
    /** Answer to a sent file, down, T/JSATL 12. */
    public static final int ATTACHMENT_ANSWER = 0x9212;

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
            case ATTACHMENT_LIST -> "files of an alarm";
            case ATTACHMENT_FILE -> "file about to be sent";
            case ATTACHMENT_SENT -> "file sent";
            case ATTACHMENT_ANSWER -> "answer to a sent file";
            default -> "unknown message";
        };
    }

    /** The standard's own word for the message; empty for ids outside the table. */
    public static String term(int messageId) {
        return switch (messageId) {
            case TERMINAL_ANSWER -> "终端通用应答";
            case PLATFORM_ANSWER -> "平台通用应答";
            case HEARTBEAT -> "终端心跳";
            case DEREGISTER -> "终端注销";
            case QUERY_TIME -> "查询服务器时间请求";
            case SERVER_TIME -> "查询服务器时间应答";
            case RESEND_BY_TERMINAL -> "终端补传分包请求";
            case RESEND_BY_PLATFORM -> "服务器补传分包请求";
            case REGISTER -> "终端注册";
            case REGISTER_ANSWER -> "终端注册应答";
            case AUTHENTICATE -> "终端鉴权";
            case SET_PARAMETERS -> "设置终端参数";
            case QUERY_PARAMETERS -> "查询终端参数";
            case PARAMETERS -> "查询终端参数应答";
            case CONTROL -> "终端控制";
            case QUERY_GIVEN_PARAMETERS -> "查询指定终端参数";
            case QUERY_ATTRIBUTES -> "查询终端属性";
            case ATTRIBUTES -> "查询终端属性应答";
            case UPGRADE -> "下发终端升级包";
            case UPGRADE_RESULT -> "终端升级结果通知";
            case LOCATION -> "位置信息汇报";
            case QUERY_LOCATION -> "位置信息查询";
            case LOCATION_ANSWER -> "位置信息查询应答";
            case TRACKING -> "临时位置跟踪控制";
            case CONFIRM_ALARM -> "人工确认报警消息";
            case LINK_CHECK -> "链路检测";
            case TEXT -> "文本信息下发";
            case EVENT_LIST -> "事件设置";
            case EVENT -> "事件报告";
            case QUESTION -> "提问下发";
            case QUESTION_ANSWER -> "提问应答";
            case INFO_MENU -> "信息点播菜单设置";
            case INFO_ORDER -> "信息点播/取消";
            case INFO_SERVICE -> "信息服务";
            case CALL_BACK -> "电话回拨";
            case PHONE_BOOK -> "设置电话本";
            case VEHICLE_CONTROL -> "车辆控制";
            case VEHICLE_CONTROL_ANSWER -> "车辆控制应答";
            case SET_CIRCLES -> "设置圆形区域";
            case DELETE_CIRCLES -> "删除圆形区域";
            case SET_RECTANGLES -> "设置矩形区域";
            case DELETE_RECTANGLES -> "删除矩形区域";
            case SET_POLYGON -> "设置多边形区域";
            case DELETE_POLYGONS -> "删除多边形区域";
            case SET_ROUTE -> "设置路线";
            case DELETE_ROUTES -> "删除路线";
            case QUERY_AREAS -> "查询区域或线路数据";
            case AREAS -> "查询区域或线路数据应答";
            case COLLECT_RECORDER -> "行驶记录数据采集命令";
            case RECORDER_DATA -> "行驶记录数据上传";
            case RECORDER_PARAMETERS -> "行驶记录参数下传命令";
            case WAYBILL -> "电子运单上报";
            case DRIVER -> "驾驶员身份信息采集上报";
            case QUERY_DRIVER -> "上报驾驶员身份信息请求";
            case LOCATION_BATCH -> "定位数据批量上传";
            case CAN_DATA -> "CAN总线数据上传";
            case MEDIA_EVENT -> "多媒体事件信息上传";
            case MEDIA_DATA -> "多媒体数据上传";
            case MEDIA_ANSWER -> "多媒体数据上传应答";
            case SHOOT -> "摄像头立即拍摄命令";
            case SHOOT_ANSWER -> "摄像头立即拍摄命令应答";
            case SEARCH_MEDIA -> "存储多媒体数据检索";
            case MEDIA_FOUND -> "存储多媒体数据检索应答";
            case UPLOAD_MEDIA -> "存储多媒体数据上传命令";
            case RECORD_SOUND -> "录音开始命令";
            case UPLOAD_ONE_MEDIA -> "单条存储多媒体数据检索上传命令";
            case PASS_DOWN -> "数据下行透传";
            case PASS_UP -> "数据上行透传";
            case COMPRESSED -> "数据压缩上报";
            case PLATFORM_KEY -> "平台RSA公钥";
            case TERMINAL_KEY -> "终端RSA公钥";
            case ALARM_ATTACHMENTS -> "报警附件上传指令";
            case ATTACHMENT_LIST -> "报警附件信息消息";
            case ATTACHMENT_FILE -> "文件信息上传";
            case ATTACHMENT_SENT -> "文件上传完成消息";
            case ATTACHMENT_ANSWER -> "文件上传完成消息应答";
            default -> "";
        };
    }
}
