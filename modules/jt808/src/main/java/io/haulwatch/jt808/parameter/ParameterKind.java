package io.haulwatch.jt808.parameter;

import io.haulwatch.jt808.Edition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a parameter id means, the one home of this table (section 9 of the sheet).
 *
 * @param id as in the standard
 * @param form type on the wire, and how people read it
 * @param name the unit last
 * @param term the standard's word
 * @param since first edition that has it; 0x0018 and 0x0019 are reserved again in 2019
 */
public record ParameterKind(int id, Form form, String name, String term, Edition since) {
    /** Ids 0x0110 to 0x01FF each stand for one CAN id and hold eight bytes. */
    public static final int FIRST_CAN_ID = 0x0110;
    /** The last of them. */
    public static final int LAST_CAN_ID = 0x01FF;

    private static final int CAN_BYTES = 8;
    private static final int FIRST_VENDOR = 0xF000;
    private static final int LAST_VENDOR = 0xFFFF;

    private static final List<ParameterKind> TABLE = List.of(
            of(0x0001, Form.DWORD, "heartbeat_interval_s", "心跳发送间隔", Edition.V2011),
            of(0x0002, Form.DWORD, "tcp_answer_timeout_s", "TCP应答超时", Edition.V2011),
            of(0x0003, Form.DWORD, "tcp_retries", "TCP重传次数", Edition.V2011),
            of(0x0004, Form.DWORD, "udp_answer_timeout_s", "UDP应答超时", Edition.V2011),
            of(0x0005, Form.DWORD, "udp_retries", "UDP重传次数", Edition.V2011),
            of(0x0006, Form.DWORD, "sms_answer_timeout_s", "短信应答超时", Edition.V2011),
            of(0x0007, Form.DWORD, "sms_retries", "短信重传次数", Edition.V2011),
            of(0x0010, Form.STRING, "main_server_apn", "主服务器APN", Edition.V2011),
            of(0x0011, Form.STRING, "main_server_user", "主服务器用户名", Edition.V2011),
            of(0x0012, Form.STRING, "main_server_password", "主服务器密码", Edition.V2011),
            of(0x0013, Form.STRING, "main_server_address", "主服务器地址", Edition.V2011),
            of(0x0014, Form.STRING, "backup_server_apn", "备份服务器APN", Edition.V2011),
            of(0x0015, Form.STRING, "backup_server_user", "备份服务器用户名", Edition.V2011),
            of(0x0016, Form.STRING, "backup_server_password", "备份服务器密码", Edition.V2011),
            of(0x0017, Form.STRING, "backup_server_address", "备份服务器地址", Edition.V2011),
            of(0x0018, Form.DWORD, "server_tcp_port", "服务器TCP端口", Edition.V2011),
            of(0x0019, Form.DWORD, "server_udp_port", "服务器UDP端口", Edition.V2011),
            of(0x001A, Form.STRING, "ic_card_server_address", "IC卡服务器地址", Edition.V2013),
            of(0x001B, Form.DWORD, "ic_card_server_tcp_port", "IC卡服务器TCP端口", Edition.V2013),
            of(0x001C, Form.DWORD, "ic_card_server_udp_port", "IC卡服务器UDP端口", Edition.V2013),
            of(0x001D, Form.STRING, "ic_card_backup_server_address", "IC卡备份服务器地址", Edition.V2013),
            of(0x0020, Form.DWORD, "report_strategy", "位置汇报策略", Edition.V2011),
            of(0x0021, Form.DWORD, "report_scheme", "位置汇报方案", Edition.V2011),
            of(0x0022, Form.DWORD, "interval_not_logged_in_s", "驾驶员未登录汇报间隔", Edition.V2011),
            of(0x0023, Form.STRING, "secondary_server_apn", "从服务器APN", Edition.V2019),
            of(0x0024, Form.STRING, "secondary_server_user", "从服务器用户名", Edition.V2019),
            of(0x0025, Form.STRING, "secondary_server_password", "从服务器密码", Edition.V2019),
            of(0x0026, Form.STRING, "secondary_server_address", "从服务器地址", Edition.V2019),
            of(0x0027, Form.DWORD, "interval_asleep_s", "休眠时汇报间隔", Edition.V2011),
            of(0x0028, Form.DWORD, "interval_emergency_s", "紧急报警时汇报间隔", Edition.V2011),
            of(0x0029, Form.DWORD, "interval_default_s", "缺省时间汇报间隔", Edition.V2011),
            of(0x002C, Form.DWORD, "distance_default_m", "缺省距离汇报间隔", Edition.V2011),
            of(0x002D, Form.DWORD, "distance_not_logged_in_m", "驾驶员未登录汇报距离间隔", Edition.V2011),
            of(0x002E, Form.DWORD, "distance_asleep_m", "休眠时汇报距离间隔", Edition.V2011),
            of(0x002F, Form.DWORD, "distance_emergency_m", "紧急报警时汇报距离间隔", Edition.V2011),
            of(0x0030, Form.DWORD, "corner_angle_deg", "拐点补传角度", Edition.V2011),
            of(0x0031, Form.WORD, "fence_radius_m", "电子围栏半径", Edition.V2013),
            of(0x0032, Form.FORBIDDEN_HOURS, "forbidden_hours", "违规行驶时段", Edition.V2019),
            of(0x0040, Form.STRING, "platform_phone", "监控平台电话", Edition.V2011),
            of(0x0041, Form.STRING, "reset_phone", "复位电话", Edition.V2011),
            of(0x0042, Form.STRING, "factory_reset_phone", "恢复出厂设置电话", Edition.V2011),
            of(0x0043, Form.STRING, "sms_phone", "监控平台SMS电话", Edition.V2011),
            of(0x0044, Form.STRING, "sms_alarm_phone", "接收终端SMS文本报警号码", Edition.V2011),
            of(0x0045, Form.DWORD, "pick_up_policy", "终端电话接听策略", Edition.V2011),
            of(0x0046, Form.DWORD, "longest_call_s", "每次最长通话时间", Edition.V2011),
            of(0x0047, Form.DWORD, "longest_calls_a_month_s", "当月最长通话时间", Edition.V2011),
            of(0x0048, Form.STRING, "listen_phone", "监听电话号码", Edition.V2011),
            of(0x0049, Form.STRING, "supervisor_sms_phone", "监管平台特权短信号码", Edition.V2011),
            of(0x0050, Form.ALARM_MASK, "alarms_muted", "报警屏蔽字", Edition.V2011),
            of(0x0051, Form.ALARM_MASK, "alarms_by_sms", "报警发送文本SMS开关", Edition.V2011),
            of(0x0052, Form.ALARM_MASK, "alarms_that_shoot", "报警拍摄开关", Edition.V2011),
            of(0x0053, Form.ALARM_MASK, "alarms_that_store_pictures", "报警拍摄存储标志", Edition.V2011),
            of(0x0054, Form.ALARM_MASK, "critical_alarms", "关键标志", Edition.V2011),
            of(0x0055, Form.DWORD, "max_speed_kmh", "最高速度", Edition.V2011),
            of(0x0056, Form.DWORD, "overspeed_duration_s", "超速持续时间", Edition.V2011),
            of(0x0057, Form.DWORD, "continuous_driving_limit_s", "连续驾驶时间门限", Edition.V2011),
            of(0x0058, Form.DWORD, "daily_driving_limit_s", "当天累计驾驶时间门限", Edition.V2011),
            of(0x0059, Form.DWORD, "minimum_rest_s", "最小休息时间", Edition.V2011),
            of(0x005A, Form.DWORD, "longest_parking_s", "最长停车时间", Edition.V2011),
            of(0x005B, Form.WORD_TENTHS, "overspeed_prewarning_difference_kmh", "超速预警差值", Edition.V2013),
            of(0x005C, Form.WORD, "fatigue_prewarning_difference_s", "疲劳驾驶预警差值", Edition.V2013),
            of(0x005D, Form.COLLISION, "collision", "碰撞报警参数", Edition.V2011),
            of(0x005E, Form.WORD, "rollover_angle_deg", "侧翻报警参数", Edition.V2011),
            of(0x0064, Form.DWORD, "timed_photo_control", "定时拍照控制", Edition.V2011),
            of(0x0065, Form.DWORD, "distance_photo_control", "定距拍照控制", Edition.V2011),
            of(0x0070, Form.DWORD, "picture_quality", "图像视频质量", Edition.V2011),
            of(0x0071, Form.DWORD, "picture_brightness", "亮度", Edition.V2011),
            of(0x0072, Form.DWORD, "picture_contrast", "对比度", Edition.V2011),
            of(0x0073, Form.DWORD, "picture_saturation", "饱和度", Edition.V2011),
            of(0x0074, Form.DWORD, "picture_chroma", "色度", Edition.V2011),
            of(0x0080, Form.DWORD_TENTHS, "odometer_km", "车辆里程表读数", Edition.V2011),
            of(0x0081, Form.WORD, "province", "省域ID", Edition.V2011),
            of(0x0082, Form.WORD, "city", "市域ID", Edition.V2011),
            of(0x0083, Form.STRING, "plate", "机动车号牌", Edition.V2011),
            of(0x0084, Form.BYTE, "plate_colour", "车牌颜色", Edition.V2011),
            of(0x0090, Form.GNSS_MODE, "gnss_mode", "GNSS定位模式", Edition.V2013),
            of(0x0091, Form.BYTE, "gnss_baud_rate", "GNSS波特率", Edition.V2013),
            of(0x0092, Form.BYTE, "gnss_output_rate", "GNSS输出频率", Edition.V2013),
            of(0x0093, Form.DWORD, "gnss_sample_interval_s", "GNSS采集频率", Edition.V2013),
            of(0x0094, Form.BYTE, "gnss_upload_mode", "GNSS上传方式", Edition.V2013),
            of(0x0095, Form.DWORD, "gnss_upload_setting", "GNSS上传设置", Edition.V2013),
            of(0x0100, Form.DWORD, "can_1_sample_interval_ms", "CAN通道1采集间隔", Edition.V2013),
            of(0x0101, Form.WORD, "can_1_upload_interval_s", "CAN通道1上传间隔", Edition.V2013),
            of(0x0102, Form.DWORD, "can_2_sample_interval_ms", "CAN通道2采集间隔", Edition.V2013),
            of(0x0103, Form.WORD, "can_2_upload_interval_s", "CAN通道2上传间隔", Edition.V2013));

    private static final Map<Long, ParameterKind> BY_ID = byId();

    /** How a value stands on the wire. */
    public enum Form {
        /** 8 bits. */
        BYTE(1),
        /** 8 bits: 0 GPS, 1 BeiDou, 2 GLONASS, 3 Galileo. */
        GNSS_MODE(1),
        /** 16 bits. */
        WORD(2),
        /** 16 bits in tenths. */
        WORD_TENTHS(2),
        /** 16 bits: low byte time, 4 ms units before 2019 and ms since; high byte 0.1 g, 0..79. */
        COLLISION(2),
        /** 32 bits. */
        DWORD(4),
        /** 32 bits in tenths. */
        DWORD_TENTHS(4),
        /** 32 bits over the alarm flags. */
        ALARM_MASK(4),
        /** GBK. */
        STRING(-1),
        /** Four bytes in binary. */
        FORBIDDEN_HOURS(4),
        /** Eight bytes that the standard leaves to the CAN id. */
        CAN_ID(CAN_BYTES),
        /** Whatever the vendor says. */
        VENDOR(-1);

        private final int length;

        Form(int length) {
            this.length = length;
        }

        /** Bytes of a value; −1 for any. */
        public int length() {
            return length;
        }

        /** Whether the value is a number. */
        public boolean isNumber() {
            return switch (this) {
                case BYTE, GNSS_MODE, WORD, WORD_TENTHS, COLLISION, DWORD, DWORD_TENTHS, ALARM_MASK -> true;
                case STRING, FORBIDDEN_HOURS, CAN_ID, VENDOR -> false;
            };
        }
    }

    /** The kinds with an id of their own, in the order of the standard. */
    public static List<ParameterKind> table() {
        return TABLE;
    }

    /** The kind of an id; null if the standard keeps it free. */
    public static @Nullable ParameterKind of(long id) {
        ParameterKind known = BY_ID.get(id);
        if (known != null) {
            return known;
        }
        if (id >= FIRST_CAN_ID && id <= LAST_CAN_ID) {
            return of((int) id, Form.CAN_ID, "can_id_setting", "CAN总线ID单独采集设置", Edition.V2013);
        }
        if (id >= FIRST_VENDOR && id <= LAST_VENDOR) {
            return of((int) id, Form.VENDOR, vendorName((int) id), "厂商自定义", Edition.V2011);
        }
        return null;
    }

    /** Whether the edition has this parameter. A terminal answers one that it does not know with a failure. */
    public boolean definedIn(Edition edition) {
        boolean reserved = edition == Edition.V2019 && (id == 0x0018 || id == 0x0019);
        return since.compareTo(edition) <= 0 && !reserved;
    }

    /** T/JSATL 12 puts the settings of its four devices among the vendors' ids. */
    private static String vendorName(int id) {
        return switch (id) {
            case 0xF364 -> "adas_settings";
            case 0xF365 -> "dsm_settings";
            case 0xF366 -> "tpms_settings";
            case 0xF367 -> "bsd_settings";
            default -> "vendor";
        };
    }

    private static ParameterKind of(int id, Form form, String name, String term, Edition since) {
        return new ParameterKind(id, form, name, term, since);
    }

    private static Map<Long, ParameterKind> byId() {
        Map<Long, ParameterKind> byId = new LinkedHashMap<>();
        for (ParameterKind kind : TABLE) {
            byId.put((long) kind.id, kind);
        }
        return byId;
    }
}
