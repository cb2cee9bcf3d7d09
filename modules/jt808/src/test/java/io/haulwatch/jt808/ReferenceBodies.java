package io.haulwatch.jt808;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The bodies of the sheet once more, written from it alone, field after field: what each means, and with dice instead of bytes, how a legal one looks. A number
 * of fields says itself in the words that {@code haulwatch decode} has for them.
 */
final class ReferenceBodies {
    private static final String[] ALARMS_2013 = {
        "emergency_button", "overspeed", "fatigue_driving", "danger_prewarning", "gnss_module_fault",
        "gnss_antenna_missing", "gnss_antenna_short", "main_power_low", "main_power_lost", "display_fault",
        "tts_fault", "camera_fault", "ic_card_module_fault", "overspeed_prewarning", "fatigue_prewarning",
        "", "", "", "daily_driving_time_exceeded", "parked_too_long",
        "area_in_or_out", "route_in_or_out", "section_time", "off_route", "speed_sensor_fault",
        "fuel_abnormal", "stolen", "illegal_ignition", "illegal_movement", "collision_prewarning",
        "rollover_prewarning", "illegal_door_opening"
    };
    private static final String[] STATUS = {
        "acc_on", "fixed", "south", "west", "out_of_service",
        "coordinates_encrypted", "forward_collision_warning", "lane_departure_warning", "half_loaded", "load_reserved",
        "fuel_line_cut", "circuit_cut", "doors_locked", "door_1_open", "door_2_open",
        "door_3_open", "door_4_open", "door_5_open", "gps", "beidou",
        "glonass", "galileo", "moving"
    };
    private static final String[] AREA_BITS = {
        "time", "speed", "entry_tells_driver", "entry_tells_platform", "exit_tells_driver",
        "exit_tells_platform", "south", "west", "doors_stay_closed", "",
        "", "", "", "", "radio_off",
        "detailed_gnss"
    };
    private static final String[] MEDIA_EVENTS = {
        "platform_command",
        "timer",
        "robbery_alarm",
        "collision_or_rollover",
        "door_open",
        "door_close",
        "door_closed_and_20_kmh",
        "distance"
    };
    private static final Map<Long, String[]> PARAMETERS = parameters();

    private final int year;

    ReferenceBodies(int year) {
        this.year = year;
    }

    /** Ids with a body in this edition. */
    int[] ids() {
        List<Integer> ids = new ArrayList<>(List.of(
                0x0001, 0x8001, 0x0100, 0x8100, 0x0102, 0x8103, 0x0104, 0x8105, 0x0200, 0x0201, 0x8202, 0x8300, 0x8301,
                0x0301, 0x8302, 0x0302, 0x8303, 0x0303, 0x8304, 0x8400, 0x8401, 0x8500, 0x0500, 0x8600, 0x8601, 0x8602,
                0x8603, 0x8604, 0x8605, 0x8606, 0x8607, 0x8700, 0x0700, 0x8701, 0x0701, 0x0702, 0x0800, 0x0801, 0x8800,
                0x8801, 0x8802, 0x0802, 0x8803, 0x8804, 0x8900, 0x0900, 0x0901, 0x8A00, 0x0A00, 0x9208, 0x1210, 0x1211,
                0x1212, 0x9212));
        if (year >= 2013) {
            ids.addAll(List.of(0x8003, 0x8106, 0x0107, 0x8108, 0x0108, 0x8203, 0x0704, 0x0705, 0x0805, 0x8805));
        }
        if (year >= 2019) {
            ids.addAll(List.of(0x8004, 0x0005, 0x8608, 0x0608));
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Walks the body of a message. */
    void walk(int id, ReferenceWalk w) {
        switch (id) {
            case 0x0001, 0x8001 -> {
                w.number("answered_serial", 2);
                w.say("answered_id", "0x" + w.hex(2));
                w.code("result", 1, "success", "failure", "message_wrong", "not_supported", "alarm_confirmed");
            }
            case 0x8004 -> serverTime(w);
            case 0x8003, 0x0005 -> {
                w.number("first_serial", 2);
                numbers("numbers", w.number(year == 2019 ? 2 : 1, 0, 40), 2, w);
            }
            case 0x0100 -> registration(w);
            case 0x8100 -> {
                w.number("answered_serial", 2);
                long result = w.number(1, 0, 4);
                w.say(
                        "result",
                        ReferenceWalk.word(
                                result,
                                "success",
                                "vehicle_already_registered",
                                "no_such_vehicle",
                                "terminal_already_registered",
                                "no_such_terminal"));
                w.say("code", result == 0 ? w.restText(20) : null);
            }
            case 0x0102 -> authentication(w);
            case 0x8103 -> w.list("parameters", w.number(1, 0, 12), this::parameter);
            case 0x0104 -> {
                w.number("answered_serial", 2);
                w.list("parameters", w.number(1, 0, 12), this::parameter);
            }
            case 0x8106 ->
                w.list("parameters", w.number(1, 0, 30), item -> parameterId(item.making() ? dicedId(item) : -1, item));
            case 0x8105 -> control(w);
            case 0x0107 -> attributes(w);
            case 0x8108 -> {
                device(w);
                w.say("maker", w.padded(5));
                w.say("maker_bytes", 5);
                w.say("version", w.text(1, 20));
                long size = w.number(4, 0, 40);
                w.hex((int) size);
                w.say("data_bytes", size);
            }
            case 0x0108 -> {
                device(w);
                w.code("result", 1, "ok", "failed", "cancelled");
            }
            case 0x8A00, 0x0A00 -> {
                w.number("exponent", 4);
                w.say("modulus", w.hex(128));
            }
            case 0x0200 -> report(w, true);
            case 0x0201, 0x0500 -> {
                w.number("answered_serial", 2);
                report(w, true);
            }
            case 0x0704 -> batch(w);
            case 0x8202 -> {
                if (w.number("interval_s", 2) != 0) {
                    w.number("validity_s", 4);
                }
            }
            case 0x8203 -> {
                w.number("alarm_serial", 2);
                long mask = 0;
                if (w.making()) {
                    for (int bit : new int[] {0, 3, 20, 21, 22, 27, 28}) {
                        mask += w.dice().nextBoolean() ? 1L << bit : 0;
                    }
                }
                mask = w.making() ? w.number(4, mask, mask) : w.number(4);
                w.say("alarms", alarms(mask));
            }
            case 0x8300 -> text(w);
            case 0x8400 -> {
                w.code("mode", 1, "call", "listen");
                w.say("phone", w.restText(20));
            }
            case 0x8401 -> {
                w.code("action", 1, "delete_all", "replace", "add", "change");
                w.list("contacts", w.number(1, 0, 8), contact -> {
                    contact.code("direction", 1, "", "in", "out", "both");
                    contact.say("number", contact.text(1, 20));
                    contact.say("name", contact.text(1, 20));
                });
            }
            case 0x8500 -> vehicleControl(w);
            case 0x8301 -> {
                w.code("action", 1, "delete_all", "replace", "add", "change", "delete_given");
                w.list("events", w.number(1, 0, 12), event -> {
                    event.number("id", 1);
                    event.say("text", event.text(1, 20));
                });
            }
            case 0x0301 -> w.number("event_id", 1);
            case 0x8302 -> {
                w.bits("flags", 1, "urgent", "", "", "speak", "advertising_screen");
                w.say("question", w.text(1, 40));
                w.rest("answers", 5, answer -> {
                    answer.number("id", 1);
                    answer.say("text", answer.text(2, 20));
                });
            }
            case 0x0302 -> {
                w.number("answered_serial", 2);
                w.number("answer_id", 1);
            }
            case 0x8303 -> {
                w.code("action", 1, "delete_all", "replace", "add", "change");
                w.list("entries", w.number(1, 0, 12), entry -> {
                    entry.number("type", 1);
                    entry.say("name", entry.text(2, 20));
                });
            }
            case 0x0303 -> {
                w.number("type", 1);
                w.code("order", 1, "cancel", "order");
            }
            case 0x8304 -> {
                w.number("type", 1);
                w.say("text", w.text(2, 24));
            }
            case 0x8600 -> circles(w);
            case 0x8602 -> rectangles(w);
            case 0x8604 -> polygon(w);
            case 0x8606 -> route(w);
            case 0x8601, 0x8603, 0x8605, 0x8607 -> ids(w.number(1, 0, 125), w);
            case 0x8608 -> {
                w.code("kind", 1, "", "circle (圆形区域)", "rectangle (矩形区域)", "polygon (多边形区域)", "route (路线)");
                ids(w.number(4, 0, 100), w);
            }
            case 0x0608 -> areas(w);
            case 0x8700, 0x8701 -> {
                w.say("command", "0x" + w.hex(1));
                w.say("data", year == 2011 && id == 0x8700 ? w.restHex(0) : w.restHex(60));
            }
            case 0x0700 -> {
                w.number("answered_serial", 2);
                w.say("command", "0x" + w.hex(1));
                w.say("data", w.restHex(200));
            }
            case 0x0701 -> w.say("text", w.text(4, 24));
            case 0x0702 -> driver(w);
            case 0x0705 -> can(w);
            case 0x0800 -> medium(w);
            case 0x0801 -> {
                medium(w);
                if (year != 2011) {
                    w.in("location", position -> report(position, false));
                }
                int size = w.making() ? 0 : w.left();
                w.restHex(300);
                w.say("media_bytes", size);
            }
            case 0x8800 -> {
                w.number("media_id", 4);
                boolean more = w.making() ? w.dice().nextBoolean() : w.left() > 0;
                numbers("missing", more ? w.number(1, 1, 125) : 0, 2, w);
            }
            case 0x8801 -> shoot(w);
            case 0x0805 -> {
                w.number("answered_serial", 2);
                long result = w.number(1, 0, 2);
                w.say("result", ReferenceWalk.word(result, "ok", "failed", "channel_unsupported"));
                numbers("media_ids", result == 0 ? w.number(2, 0, 50) : 0, 4, w);
            }
            case 0x8802 -> filter(w);
            case 0x0802 -> {
                w.number("answered_serial", 2);
                w.number("total", 2);
                w.rest("items", 6, item -> {
                    if (year != 2011) {
                        item.number("media_id", 4);
                    }
                    item.code("type", 1, "image", "audio", "video");
                    item.number("channel", 1);
                    item.code("event", 1, MEDIA_EVENTS);
                    item.in("location", position -> report(position, false));
                });
            }
            case 0x8803 -> {
                filter(w);
                w.code("after", 1, "keep", "delete");
            }
            case 0x8804 -> {
                w.code("command", 1, "stop", "start");
                w.number("seconds", 2);
                w.code("save", 1, "upload", "store");
                w.code("rate", 1, "8_khz", "11_khz", "23_khz", "32_khz");
            }
            case 0x8805 -> {
                w.number("media_id", 4);
                w.code("after", 1, "keep", "delete");
            }
            case 0x8900, 0x0900 -> passThrough(id, w);
            case 0x0901 -> {
                long size = w.number(4, 0, 200);
                w.say("gzip_bytes", size);
                w.say("gzip", w.hex((int) size));
            }
            case 0x9208 -> {
                w.say("host", w.text(1, 20));
                w.number("tcp_port", 2);
                w.number("udp_port", 2);
                // Number and reserved bytes, 48 together, stand behind the mark.
                boolean wide = w.making() ? w.dice().nextBoolean() : w.left() == 40 + 48;
                w.in("mark", mark -> mark(wide, mark));
                w.say("alarm_number", w.padded(32));
                w.hex(16);
            }
            case 0x1210 -> attachments(w);
            case 0x1211, 0x1212 -> {
                w.say("name", w.text(1, 50));
                fileType(w);
                w.number("size_bytes", 4);
            }
            case 0x9212 -> {
                w.say("name", w.text(1, 50));
                fileType(w);
                w.code("result", 1, "done", "resend");
                w.list("missing", w.number(1, 0, 20), part -> {
                    part.number("offset", 4);
                    part.number("length", 4);
                });
            }
            default -> throw new IllegalArgumentException("no layout: id=" + id);
        }
    }

    private static void serverTime(ReferenceWalk w) {
        String utc = w.time();
        if (w.making()) {
            return;
        }
        w.say(
                "server_time",
                LocalDateTime.parse(ReferenceWalk.iso(utc).substring(0, 19))
                                .plusHours(8)
                                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT))
                        + "+08:00");
    }

    private void registration(ReferenceWalk w) {
        w.number("province", 2);
        w.number("city", 2);
        w.say("maker", w.padded(year == 2019 ? 11 : 5));
        w.say("model", w.padded(year == 2011 ? 8 : year == 2013 ? 20 : 30));
        w.say("terminal_id", w.padded(year == 2019 ? 30 : 7));
        long colour = w.number("plate_colour", 1, 0, 5);
        if (w.making()) {
            w.write(
                    colour == 0
                            ? "LZZ1ABCD" + w.dice().nextInt(1000)
                            : "粤B" + (10_000 + w.dice().nextInt(90_000)));
        } else {
            w.say(colour == 0 ? "vin" : "plate", w.restText(0));
        }
    }

    private void authentication(ReferenceWalk w) {
        if (year != 2019) {
            w.say("code", w.restText(20));
            return;
        }
        w.say("code", w.text(1, 20));
        w.say("imei", w.padded(15));
        w.say("software_version", w.padded(20));
    }

    private static long dicedId(ReferenceWalk w) {
        List<Long> ids = new ArrayList<>(PARAMETERS.keySet());
        return switch (w.dice().nextInt(12)) {
            case 0 -> 0x0110L + w.dice().nextInt(0xF0);
            case 1 -> 0xF000L + w.dice().nextInt(0x1000);
            default -> ids.get(w.dice().nextInt(ids.size()));
        };
    }

    /** Says id, name and term; gives the form. */
    private static String parameterId(long diced, ReferenceWalk w) {
        long id = diced >= 0 ? w.number(4, diced, diced) : w.number(4);
        w.say("id", String.format(Locale.ROOT, "0x%04X", id));
        String[] row = PARAMETERS.get(id);
        if (row != null) {
            w.say("name", row[2]);
            w.say("term", row[3]);
            return row[1];
        }
        if (id >= 0x0110 && id <= 0x01FF) {
            w.say("name", "can_id_setting");
            w.say("term", "CAN总线ID单独采集设置");
            return "8";
        }
        String[] devices = {"adas_settings", "dsm_settings", "tpms_settings", "bsd_settings"};
        w.say("name", id >= 0xF364 && id <= 0xF367 ? devices[(int) (id - 0xF364)] : "vendor");
        w.say("term", "厂商自定义");
        return "X";
    }

    private void parameter(ReferenceWalk w) {
        String form = parameterId(w.making() ? dicedId(w) : -1, w);
        switch (form) {
            case "S" -> w.say("value", w.text(1, 24));
            case "X" -> w.say("raw", w.hex((int) w.number(1, 0, 30)));
            default -> {
                int width = switch (form) {
                    case "B", "G" -> 1;
                    case "W", "V", "C" -> 2;
                    case "8" -> 8;
                    default -> 4;
                };
                w.number(1, width, width);
                switch (form) {
                    case "8" -> w.say("raw", w.hex(8));
                    case "T", "V" -> w.tenths("value", width);
                    case "M" -> w.say("value", alarms(w.number(4)));
                    case "G" -> w.bits("value", 1, "gps", "beidou", "glonass", "galileo");
                    case "H" ->
                        w.say(
                                "value",
                                String.format(
                                        Locale.ROOT,
                                        "%02d:%02d-%02d:%02d",
                                        w.number(1, 0, 23),
                                        w.number(1, 0, 59),
                                        w.number(1, 0, 23),
                                        w.number(1, 0, 59)));
                    case "C" ->
                        w.in("value", collision -> {
                            long tenthsOfG = collision.number(1);
                            collision.say("time_ms", collision.number(1) * (year == 2019 ? 1 : 4));
                            collision.say("acceleration_g", BigDecimal.valueOf(tenthsOfG, 1));
                        });
                    default -> w.number("value", width);
                }
            }
        }
    }

    private void control(ReferenceWalk w) {
        String[] words = {
            "",
            "upgrade (无线升级)",
            "connect (连接指定服务器)",
            "power_off (关机)",
            "reset (复位)",
            "factory_settings (恢复出厂设置)",
            "data_off (关闭数据通信)",
            "radio_off (关闭所有无线通信)"
        };
        int[] commands = year == 2019 ? new int[] {2, 4, 5} : new int[] {1, 2, 3, 4, 5, 6, 7};
        int diced = w.making() ? commands[w.dice().nextInt(commands.length)] : 0;
        int command = (int) (w.making() ? w.number(1, diced, diced) : w.number(1));
        w.say("command", ReferenceWalk.word(command, words));
        if (w.making()) {
            if (command == 1 || command == 2) {
                int count = w.dice().nextInt(12);
                for (int i = 0; i < count; i++) {
                    w.write((i == 0 ? "" : ";")
                            + (w.dice().nextInt(4) == 0 ? "" : "p" + w.dice().nextInt(1000)));
                }
            }
            return;
        }
        String[] upgrade = {
            "url",
            "apn",
            "user",
            "password",
            "address",
            "tcp_port",
            "udp_port",
            "maker",
            "hardware",
            "firmware",
            "time_limit_min"
        };
        String[] connect = {
            "back_to_default",
            "auth_code",
            "apn",
            "user",
            "password",
            "address",
            "tcp_port",
            "udp_port",
            "time_limit_min"
        };
        String[] names = command == 1 ? upgrade : command == 2 ? connect : new String[0];
        String all = w.restText(0);
        Map<String, Object> parameters = new LinkedHashMap<>();
        int at = 0;
        while (!all.isEmpty() && at >= 0) {
            int end = all.indexOf(';', at);
            String one = end < 0 ? all.substring(at) : all.substring(at, end);
            int i = parameters.size();
            parameters.put(i < names.length ? names[i] : "parameter_" + (i + 1), one);
            at = end < 0 ? -1 : end + 1;
        }
        w.say("parameters", parameters);
    }

    private void attributes(ReferenceWalk w) {
        w.bits("type", 2, "passenger", "dangerous_goods", "freight", "taxi", "", "", "disk_video", "split", "trailer");
        int maker = 5;
        if (year == 2019) {
            maker = w.making() ? 5 + 6 * w.dice().nextInt(2) : attributesMaker(w);
        }
        w.say("maker", w.padded(maker));
        w.say("maker_bytes", maker);
        w.say("model", w.padded(year == 2019 ? 30 : 20));
        w.say("terminal_id", w.padded(year == 2019 ? 30 : 7));
        w.say("iccid", w.digits(10));
        w.say("hardware", w.text(1, 20));
        w.say("firmware", w.text(1, 20));
        w.bits("gnss", 1, "gps", "beidou", "glonass", "galileo");
        w.bits("network", 1, "gprs", "cdma", "td_scdma", "wcdma", "cdma2000", "td_lte", "", "other");
    }

    /** Whether a body that was made can be read in both of its forms, which no reader can tell apart. */
    boolean ambiguous(int id, byte[] body) {
        ReferenceWalk w = ReferenceWalk.reading(body);
        if (id == 0x0107 && year == 2019) {
            w.number(2);
            return attributesEnd(5, w) && attributesEnd(11, w);
        }
        return id == 0x1210 && listEnds(w, 7 + 16 + 34) && listEnds(w, 30 + 40 + 34);
    }

    private static boolean attributesEnd(int maker, ReferenceWalk w) {
        int hardware = maker + 30 + 30 + 10;
        int firmware = hardware + 1 + w.ahead(hardware);
        return w.ahead(firmware) >= 0 && w.left() == firmware + 1 + w.ahead(firmware) + 2;
    }

    /** The walk stands behind the type; the width with which everything ends in the right place, and 5 before 11. */
    private static int attributesMaker(ReferenceWalk w) {
        return !attributesEnd(5, w) && attributesEnd(11, w) ? 11 : 5;
    }

    private static void device(ReferenceWalk w) {
        long[] devices = {0, 12, 52};
        long diced = w.making() ? devices[w.dice().nextInt(3)] : 0;
        long type = w.making() ? w.number(1, diced, diced) : w.number(1);
        w.say("type", type == 0 ? "terminal" : type == 12 ? "ic_card_reader" : "gnss_module");
    }

    private List<String> alarms(long bits) {
        String[] names = ALARMS_2013.clone();
        if (year == 2011) {
            for (int bit : new int[] {12, 13, 14, 30, 31}) {
                names[bit] = "";
            }
            names[3] = "prewarning";
            names[29] = "collision_or_rollover";
        }
        if (year == 2019) {
            names[3] = "dangerous_driving_behaviour";
            names[15] = "driving_against_rules";
            names[16] = "tyre_pressure_warning";
            names[17] = "right_turn_blind_spot";
            names[29] = "collision_or_rollover";
            names[31] = "";
        }
        return ReferenceWalk.names(bits, names);
    }

    private void report(ReferenceWalk w, boolean items) {
        long alarms = w.number(4);
        long status = w.number(4);
        long latitude = w.number(4, 0, 90_000_000);
        long longitude = w.number(4, 0, 180_000_000);
        w.say("lat", BigDecimal.valueOf(status / 4 % 2 == 1 ? -latitude : latitude, 6));
        w.say("lon", BigDecimal.valueOf(status / 8 % 2 == 1 ? -longitude : longitude, 6));
        w.metres("altitude_m");
        w.tenths("speed_kmh", 2);
        w.number("heading_deg", 2);
        w.moment("device_time");
        w.say("alarms", alarms(alarms));
        List<String> names = ReferenceWalk.names(status, STATUS);
        if (names.contains("half_loaded") && names.contains("load_reserved")) {
            names.set(names.indexOf("half_loaded"), "fully_loaded");
            names.remove("load_reserved");
        }
        w.say("status", names);
        if (items) {
            w.rest("items", 7, this::item);
        } else {
            w.say("items", List.of());
        }
    }

    private void batch(ReferenceWalk w) {
        if (w.making()) {
            // The length of an item is known when it is made.
            int count = 1 + w.dice().nextInt(4);
            w.number(2, count, count);
            w.number(1, 0, 1);
            for (int i = 0; i < count; i++) {
                ReferenceWalk inner = ReferenceWalk.making(w.dice());
                report(inner, true);
                byte[] made = inner.made();
                w.number(2, made.length, made.length);
                w.bytes(made);
            }
            return;
        }
        long count = w.number("count", 2);
        w.code("type", 1, "normal", "blind_area");
        List<Object> positions = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            ReferenceWalk inner = ReferenceWalk.reading(w.take((int) w.number(2)));
            report(inner, true);
            positions.add(inner.tree());
        }
        w.say("positions", positions);
    }

    private void item(ReferenceWalk w) {
        int[] known = {
            0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x25, 0x2A, 0x2B, 0x30,
            0x31, 0x64, 0x65, 0x66, 0x67, 0xE0, 0xE5
        };
        long diced = w.making() ? known[w.dice().nextInt(known.length)] : 0;
        int id = (int) (w.making() ? w.number(1, diced, diced) : w.number(1));
        w.say("id", String.format(Locale.ROOT, "0x%02X", id));
        if (id >= 0x64 && id <= 0x67) {
            safety(id, w);
            return;
        }
        int[] lengths = switch (id) {
            case 0x01, 0x14, 0x15, 0x16, 0x25, 0x2B -> new int[] {4};
            case 0x02, 0x03, 0x04, 0x06, 0x17, 0x2A -> new int[] {2};
            case 0x05 -> new int[] {30};
            case 0x11 -> new int[] {1, 5};
            case 0x12 -> new int[] {6};
            case 0x13 -> new int[] {7};
            case 0x18 -> new int[] {2, 3};
            case 0x30, 0x31 -> new int[] {1};
            default -> new int[] {0, 1, 2, 9, 40};
        };
        int length = w.making() ? lengths[w.dice().nextInt(lengths.length)] : 0;
        int size = (int) (w.making() ? w.number(1, length, length) : w.number(1));
        String name = switch (id) {
            case 0x01 -> "mileage_km";
            case 0x02 -> "fuel_l";
            case 0x03 -> "recorder_speed_kmh";
            case 0x04 -> "alarm_to_confirm";
            case 0x05 -> "tyre_pressure_raw";
            case 0x06 -> "compartment_temperature_c";
            case 0x11 -> "overspeed_place";
            case 0x12 -> "area_in_or_out";
            case 0x13 -> "section_time";
            case 0x14 -> "video_alarms";
            case 0x15 -> "video_signal_lost_channels";
            case 0x16 -> "video_signal_covered_channels";
            case 0x17 -> "storage_fault";
            case 0x18 -> "abnormal_driving";
            case 0x25 -> "vehicle_signals";
            case 0x2A -> "io";
            case 0x2B -> "analog";
            case 0x30 -> "signal_strength";
            case 0x31 -> "satellites";
            default -> "unknown";
        };
        w.say("name", name);
        String[] places = {"none", "circle", "rectangle", "polygon", "route"};
        switch (id) {
            case 0x01, 0x02, 0x03 -> w.tenths("value", size);
            case 0x04, 0x30, 0x31 -> w.number("value", size);
            case 0x05 -> {
                List<Object> wheels = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    long wheel = w.number(1);
                    wheels.add(wheel == 255 ? "null" : wheel);
                }
                w.say("value", wheels);
            }
            case 0x06 -> {
                long word = w.number(2);
                w.say("value", word >= 0xC000 ? word - 0x10000 : word >= 0x8000 ? -(word - 0x8000) : word);
            }
            case 0x11 ->
                w.in("value", place -> {
                    place.say("type", ReferenceWalk.word(place.number(1, 0, size == 1 ? 0 : 4), places));
                    if (size == 5) {
                        place.number("id", 4);
                    }
                });
            case 0x12 ->
                w.in("value", area -> {
                    area.code("type", 1, places);
                    area.number("id", 4);
                    area.code("direction", 1, "in", "out");
                });
            case 0x13 ->
                w.in("value", section -> {
                    section.number("id", 4);
                    section.number("seconds", 2);
                    section.code("result", 1, "too_short", "too_long");
                });
            case 0x14 ->
                w.bits(
                        "value",
                        4,
                        "signal_lost",
                        "signal_covered",
                        "storage_fault",
                        "other_video_fault",
                        "overcrowded",
                        "abnormal_driving",
                        "special_recording_storage_full");
            case 0x15, 0x16 -> w.say("value", channels(w.number(4)));
            case 0x17 ->
                w.in("value", storage -> {
                    long word = storage.number(2);
                    storage.say("main", channels(word % 4096));
                    storage.say("backup", channels(word / 4096));
                });
            case 0x18 ->
                w.in("value", abnormal -> {
                    abnormal.bits("kinds", 2, "fatigue", "phone", "smoking");
                    if (size == 3) {
                        abnormal.number("fatigue_degree", 1);
                    }
                });
            case 0x25 ->
                w.bits(
                        "value",
                        4,
                        "low_beam",
                        "high_beam",
                        "right_turn",
                        "left_turn",
                        "brake",
                        "reverse",
                        "fog_lamp",
                        "clearance_lamp",
                        "horn",
                        "air_conditioning",
                        "neutral",
                        "retarder",
                        "abs",
                        "heater",
                        "clutch");
            case 0x2A -> w.bits("value", 2, "deep_sleep", "sleep");
            case 0x2B ->
                w.in("value", analog -> {
                    long high = analog.number(2);
                    analog.number("ad0", 2);
                    analog.say("ad1", high);
                });
            default -> w.say("raw", w.hex(size));
        }
    }

    private static List<Long> channels(long bits) {
        List<Long> channels = new ArrayList<>();
        long rest = bits;
        for (long channel = 1; rest > 0; channel++) {
            if (rest % 2 == 1) {
                channels.add(channel);
            }
            rest /= 2;
        }
        return channels;
    }

    private static void safety(int id, ReferenceWalk w) {
        boolean wideMade = w.making() && w.dice().nextBoolean();
        int wheelsMade = w.making() && id == 0x66 ? w.dice().nextInt(6) : 0;
        int before = id == 0x66 ? 24 : id == 0x67 ? 25 : 31;
        int made = before + (wideMade ? 40 : 16) + (id == 0x66 ? 1 + wheelsMade * (wideMade ? 10 : 9) : 0);
        int size = (int) (w.making() ? w.number(1, made, made) : w.number(1));
        boolean wide;
        if (w.making()) {
            wide = wideMade;
        } else if (id == 0x66) {
            // The count stands behind the mark, and everything behind it is whole entries.
            wide = size != 41 + 9 * w.ahead(40);
        } else {
            wide = size == before + 40;
        }
        w.say("name", id == 0x64 ? "adas" : id == 0x65 ? "dsm" : id == 0x66 ? "tpms" : "bsd");
        w.in("value", alarm -> {
            alarm.number("alarm_id", 4);
            alarm.code("flag", 1, "not_used", "start", "end");
            if (id == 0x64) {
                alarmType(
                        alarm,
                        Map.of(
                                1L, "forward_collision (前向碰撞)",
                                2L, "lane_departure (车道偏离)",
                                3L, "too_close (车距过近)",
                                4L, "pedestrian_collision (行人碰撞)",
                                5L, "frequent_lane_change (频繁变道)",
                                6L, "road_sign_exceeded (道路标识超限)",
                                7L, "obstacle (障碍物)",
                                16L, "sign_recognised (道路标志识别事件)",
                                17L, "active_snapshot (主动抓拍事件)"));
                for (String key : List.of(
                        "level",
                        "front_speed_kmh",
                        "front_distance_100ms",
                        "departure_side",
                        "sign_type",
                        "sign_value")) {
                    alarm.number(key, 1);
                }
            } else if (id == 0x65) {
                alarmType(
                        alarm,
                        Map.of(
                                1L, "fatigue (疲劳)",
                                2L, "phone (接打电话)",
                                3L, "smoking (抽烟)",
                                4L, "distracted (分神)",
                                5L, "driver_abnormal (驾驶员异常)",
                                16L, "automatic_snapshot (自动抓拍事件)",
                                17L, "driver_changed (驾驶员变更事件)"));
                alarm.number("level", 1);
                alarm.number("fatigue_degree", 1);
                long reserved = alarm.number(4);
                if (reserved != 0) {
                    alarm.say("reserved", reserved);
                }
            } else if (id == 0x67) {
                alarmType(alarm, Map.of(1L, "rear (后方接近)", 2L, "left_rear (左侧后方接近)", 3L, "right_rear (右侧后方接近)"));
            }
            alarm.number("speed_kmh", 1);
            alarm.metres("altitude_m");
            alarm.say("lat", BigDecimal.valueOf(alarm.number(4), 6));
            alarm.say("lon", BigDecimal.valueOf(alarm.number(4), 6));
            alarm.say("time", alarm.time());
            alarm.number("vehicle_state", 2);
            alarm.in("mark", mark -> mark(wide, mark));
            if (id == 0x66) {
                int entry = wide ? 10 : 9;
                long count = alarm.making() ? alarm.number(1, wheelsMade, wheelsMade) : alarm.number(1);
                alarm.list("wheels", count, wheel -> {
                    wheel.number("position", entry - 8);
                    wheel.bits(
                            "kinds",
                            2,
                            "periodic",
                            "high",
                            "low",
                            "hot",
                            "sensor_fault",
                            "imbalance",
                            "slow_leak",
                            "battery_low");
                    wheel.number("pressure_kpa", 2);
                    wheel.number("temperature_c", 2);
                    wheel.number("battery_percent", 2);
                });
            }
        });
    }

    private static void alarmType(ReferenceWalk w, Map<Long, String> names) {
        long type = w.number("type", 1, 0, 18);
        w.say("type_name", names.getOrDefault(type, "code_" + type));
    }

    private static void mark(boolean wide, ReferenceWalk w) {
        w.say("terminal_id", w.padded(wide ? 30 : 7));
        w.say("time", w.time());
        w.number("number", 1);
        w.number("attachments", 1);
        long reserved = w.number(wide ? 2 : 1);
        if (reserved != 0) {
            w.say("reserved", reserved);
        }
    }

    private void text(ReferenceWalk w) {
        long flags;
        if (year == 2019) {
            // Class 00 is none, bit 4 is free since 2019.
            long kind = w.making() ? 1 + w.dice().nextInt(3) : 0;
            long rest = w.making()
                    ? new long[] {0, 4, 8, 12, 32, 36, 40, 44}[w.dice().nextInt(8)]
                    : 0;
            flags = w.making() ? w.number(1, kind + rest, kind + rest) : w.number(1);
        } else {
            // Bit 1 is free, bit 5 came in 2013.
            long diced = w.making() ? w.dice().nextInt(year == 2011 ? 32 : 64) & ~2 : 0;
            flags = w.making() ? w.number(1, diced, diced) : w.number(1);
        }
        long kind = flags % 4;
        long type = year == 2019 ? w.number(1, 1, 2) : 0;
        w.say("urgent", year == 2019 ? kind == 2 : flags % 2 == 1);
        w.say("display", flags / 4 % 2 == 1);
        w.say("speak", flags / 8 % 2 == 1);
        w.say("text", w.restText(24));
        if (year == 2019) {
            w.say("class", kind == 2 ? "urgent" : kind == 1 ? "service" : "notice");
            w.say("type", type == 1 ? "notice" : "service");
        } else {
            w.say("advertising_screen", flags / 16 % 2 == 1);
        }
        if (year != 2011) {
            w.say("can_fault", flags / 32 % 2 == 1);
        }
    }

    private void vehicleControl(ReferenceWalk w) {
        if (year != 2019) {
            w.say("doors", w.number(1, 0, 1) == 0 ? "unlock" : "lock");
            return;
        }
        int doors = w.making() ? w.dice().nextInt(3) : 0;
        boolean vendor = w.making() && w.dice().nextBoolean();
        int made = doors + (vendor ? 1 : 0);
        long count = w.making() ? w.number(2, made, made) : w.number(2);
        List<Object> controls = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long diced = i < doors ? 1 : 0xF001 + (w.making() ? w.dice().nextInt(0xFFF) : 0);
            long type = w.making() ? w.number(2, diced, diced) : w.number(2);
            if (type == 1) {
                controls.add("{type=doors, value=" + (w.number(1, 0, 1) == 0 ? "lock" : "open") + "}");
            } else {
                controls.add("{type=" + String.format(Locale.ROOT, "0x%04X", type) + ", raw=" + w.restHex(9) + "}");
            }
        }
        w.say("controls", controls);
    }

    /** Bits that the edition has, and the hemispheres free. */
    private int attributeBits(ReferenceWalk w, boolean area) {
        int mask = area ? 0xFF : 0x3D;
        if (year != 2011) {
            mask += area ? 0xC100 : 0;
        }
        int bits = w.making() ? w.dice().nextInt(0x10000) & mask : 0;
        bits = (int) (w.making() ? w.number(2, bits, bits) : w.number(2));
        w.say("attributes", ReferenceWalk.names(bits, AREA_BITS));
        return bits;
    }

    private static void place(ReferenceWalk w, boolean south, boolean west) {
        long latitude = w.number(4, 0, 90_000_000);
        long longitude = w.number(4, 0, 180_000_000);
        w.say("lat", BigDecimal.valueOf(south ? -latitude : latitude, 6));
        w.say("lon", BigDecimal.valueOf(west ? -longitude : longitude, 6));
    }

    private static void place(ReferenceWalk w, int bits) {
        place(w, bits / 64 % 2 == 1, bits / 128 % 2 == 1);
    }

    private static void times(ReferenceWalk w, int bits) {
        if (bits % 2 == 1) {
            w.window("start", "");
            w.window("end", "");
        }
    }

    private static void speed(ReferenceWalk w, boolean there) {
        if (there) {
            w.number("max_speed_kmh", 2);
            w.number("overspeed_s", 1);
        }
    }

    private void night(ReferenceWalk w, boolean there) {
        if (there && year == 2019) {
            w.number("night_max_speed_kmh", 2);
        }
    }

    private void name(ReferenceWalk w) {
        if (year == 2019) {
            w.say("name", w.text(2, 20));
        }
    }

    private void circles(ReferenceWalk w) {
        w.code("action", 1, "update", "append", "modify");
        w.list("circles", w.number(1, 0, 6), circle -> {
            circle.number("id", 4);
            int bits = attributeBits(circle, true);
            place(circle, bits);
            circle.number("radius_m", 4);
            times(circle, bits);
            speed(circle, bits / 2 % 2 == 1);
            night(circle, bits / 2 % 2 == 1);
            name(circle);
        });
    }

    private void rectangles(ReferenceWalk w) {
        w.code("action", 1, "update", "append", "modify");
        w.list("rectangles", w.number(1, 0, 6), rectangle -> {
            rectangle.number("id", 4);
            int bits = attributeBits(rectangle, true);
            rectangle.in("upper_left", corner -> place(corner, bits));
            rectangle.in("lower_right", corner -> place(corner, bits));
            times(rectangle, bits);
            speed(rectangle, bits / 2 % 2 == 1);
            night(rectangle, bits / 2 % 2 == 1);
            name(rectangle);
        });
    }

    private void polygon(ReferenceWalk w) {
        w.number("id", 4);
        int bits = attributeBits(w, true);
        boolean limited = bits / 2 % 2 == 1;
        times(w, bits);
        speed(w, limited);
        long count = w.number(2, 0, 20);
        // Behind the vertices on the wire, beside the other speed for people: the place is kept.
        if (limited && year == 2019) {
            w.say("night_max_speed_kmh", "");
        }
        w.list("vertices", count, vertex -> place(vertex, bits));
        night(w, limited);
        name(w);
    }

    private void route(ReferenceWalk w) {
        w.number("id", 4);
        int bits = attributeBits(w, false);
        times(w, bits);
        w.list("points", w.number(2, 0, 12), point -> {
            point.number("point_id", 4);
            point.number("section_id", 4);
            long latitude = point.number(4, 0, 90_000_000);
            long longitude = point.number(4, 0, 180_000_000);
            long width = point.number(1);
            long section = point.number(1, 0, 15);
            point.say("lat", BigDecimal.valueOf(section / 4 % 2 == 1 ? -latitude : latitude, 6));
            point.say("lon", BigDecimal.valueOf(section / 8 == 1 ? -longitude : longitude, 6));
            point.say("width_m", width);
            point.say("attributes", ReferenceWalk.names(section, "time", "speed", "south", "west"));
            if (section % 2 == 1) {
                point.number("longest_s", 2);
                point.number("shortest_s", 2);
            }
            speed(point, section / 2 % 2 == 1);
            night(point, section / 2 % 2 == 1);
        });
        name(w);
    }

    private void areas(ReferenceWalk w) {
        String[] kinds = {"", "circle (圆形区域)", "rectangle (矩形区域)", "polygon (多边形区域)", "route (路线)"};
        int kind = (int) w.number(1, 1, 4);
        w.say("kind", kinds[kind]);
        w.number("count", 4);
        w.rest("bodies", 2, body -> {
            switch (kind) {
                case 1 -> circles(body);
                case 2 -> rectangles(body);
                case 3 -> polygon(body);
                default -> route(body);
            }
        });
    }

    private void driver(ReferenceWalk w) {
        if (year == 2011) {
            w.say("name", w.text(1, 20));
            w.say("identity_card", w.padded(20));
            w.say("qualification", w.padded(40));
            w.say("authority", w.text(1, 24));
            return;
        }
        long state = w.number(1, 1, 2);
        w.say("state", state == 1 ? "card_in" : "card_out");
        w.moment("card_time");
        if (state == 2) {
            return;
        }
        if (w.number("read_result", 1, 0, 4) != 0) {
            return;
        }
        w.say("name", w.text(1, 20));
        w.say("qualification", w.padded(20));
        w.say("authority", w.text(1, 24));
        w.say("valid_until", w.digits(4));
        if (year == 2019) {
            w.say("identity_card", w.padded(20));
        }
    }

    private static void can(ReferenceWalk w) {
        long count = w.number("count", 2, 0, 60);
        String time = w.digits(5);
        w.say(
                "time",
                time.substring(0, 2) + ":" + time.substring(2, 4) + ":" + time.substring(4, 6) + "."
                        + time.substring(6));
        w.list("frames", count, frame -> {
            long id = frame.number(4);
            frame.say("channel", id >= 0x8000_0000L ? 2 : 1);
            frame.say("frame", id / 0x4000_0000L % 2 == 1 ? "extended" : "standard");
            frame.say("sampling", id / 0x2000_0000L % 2 == 1 ? "average" : "raw");
            frame.say("can_id", String.format(Locale.ROOT, "0x%08X", id % 0x2000_0000L));
            frame.say("data", frame.hex(8));
        });
    }

    private static void medium(ReferenceWalk w) {
        w.number("media_id", 4);
        w.code("type", 1, "image", "audio", "video");
        w.code("format", 1, "jpeg", "tif", "mp3", "wav", "wmv");
        w.code("event", 1, MEDIA_EVENTS);
        w.number("channel", 1);
    }

    private void shoot(ReferenceWalk w) {
        w.number("channel", 1);
        long command = w.number(2);
        w.say("command", command == 0 ? "stop" : command == 65_535 ? "video" : "pictures");
        w.say("pictures", command == 65_535 ? 0 : command);
        w.number("seconds", 2);
        w.code("save", 1, "upload", "store");
        if (year == 2019) {
            w.number("resolution", 1);
        } else {
            w.code("resolution", 1, "", "320x240", "640x480", "800x600", "1024x768", "qcif", "cif", "half_d1", "d1");
        }
        for (String key : List.of("quality", "brightness", "contrast", "saturation", "chroma")) {
            w.number(key, 1);
        }
    }

    private static void filter(ReferenceWalk w) {
        w.code("type", 1, "image", "audio", "video");
        long channel = w.number(1);
        w.say("channel", channel == 0 ? "all" : channel);
        w.code("event", 1, MEDIA_EVENTS);
        w.window("start", "no_limit");
        w.window("end", "no_limit");
    }

    private static void passThrough(int id, ReferenceWalk w) {
        long[] types = {0x00, 0x0B, 0x41, 0x42, 0xF0, 0xF7, 0xF8};
        long diced = w.making() ? types[w.dice().nextInt(types.length)] : 0;
        int type = (int) (w.making() ? w.number(1, diced, diced) : w.number(1));
        String name = switch (type) {
            case 0x00 -> "gnss_detail (GNSS模块详细定位数据)";
            case 0x0B -> "ic_card (道路运输证IC卡信息)";
            case 0x41 -> "serial_port_1 (串口1透传)";
            case 0x42 -> "serial_port_2 (串口2透传)";
            case 0xF7 -> "peripheral_state (外设状态信息)";
            case 0xF8 -> "peripheral_info (外设系统信息)";
            default -> String.format(Locale.ROOT, "0x%02X", type);
        };
        w.say("type", name);
        if (type != 0xF7 && type != 0xF8) {
            w.say("content", w.restHex(80));
            return;
        }
        Map<Long, String> devices = Map.of(0x64L, "adas", 0x65L, "dsm", 0x66L, "tpms", 0x67L, "bsd");
        long count = w.number(1, 0, 4);
        if (id == 0x8900) {
            List<String> names = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                names.add(devices.get(w.number(1, 0x64, 0x67)));
            }
            w.say("devices", names);
        } else {
            w.list("devices", count, device -> {
                device.say("device", Objects.requireNonNullElse(devices.get(device.number(1, 0x64, 0x67)), "?"));
                device.say("data", device.hex((int) device.number(1, 0, 20)));
            });
        }
    }

    private static void attachments(ReferenceWalk w) {
        boolean wide = w.making() ? w.dice().nextBoolean() : !listEnds(w, 7 + 16 + 34);
        w.say("terminal_id", w.padded(wide ? 30 : 7));
        w.in("mark", mark -> mark(wide, mark));
        w.say("alarm_number", w.padded(32));
        w.code("info_type", 1, "normal", "uploaded_again");
        w.list("files", w.number(1, 0, 10), file -> {
            file.say("name", file.text(1, 50));
            file.number("size_bytes", 4);
        });
    }

    private static boolean listEnds(ReferenceWalk w, int head) {
        int at = head;
        for (int i = w.ahead(head - 1); i > 0; i--) {
            at += 5 + Math.max(0, w.ahead(at));
        }
        return at == w.length();
    }

    private void fileType(ReferenceWalk w) {
        String[] types = year == 2019
                ? new String[] {"picture", "audio", "video", "text", "face_picture", "other"}
                : new String[] {"picture", "audio", "video", "text", "other"};
        w.code("type", 1, types);
    }

    private static void ids(long count, ReferenceWalk w) {
        w.say("all", count == 0);
        numbers("ids", count, 4, w);
    }

    private static void numbers(String key, long count, int width, ReferenceWalk w) {
        List<Long> numbers = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            numbers.add(w.number(width));
        }
        w.say(key, numbers);
    }

    private static Map<Long, String[]> parameters() {
        Map<Long, String[]> rows = new LinkedHashMap<>();
        try (InputStream in =
                Objects.requireNonNull(ReferenceBodies.class.getResourceAsStream("/reference/parameters.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] row = line.split(" ");
                    rows.put(Long.parseLong(row[0], 16), row);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }
}
