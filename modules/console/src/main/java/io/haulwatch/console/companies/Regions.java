package io.haulwatch.console.companies;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of the provincial regions of GB/T 2260 by the first two digits of a code. */
public final class Regions {
    private static final Map<String, Region> NAMES = Map.ofEntries(
            entry("11", "北京", "Beijing"),
            entry("12", "天津", "Tianjin"),
            entry("13", "河北", "Hebei"),
            entry("14", "山西", "Shanxi"),
            entry("15", "内蒙古", "Inner Mongolia"),
            entry("21", "辽宁", "Liaoning"),
            entry("22", "吉林", "Jilin"),
            entry("23", "黑龙江", "Heilongjiang"),
            entry("31", "上海", "Shanghai"),
            entry("32", "江苏", "Jiangsu"),
            entry("33", "浙江", "Zhejiang"),
            entry("34", "安徽", "Anhui"),
            entry("35", "福建", "Fujian"),
            entry("36", "江西", "Jiangxi"),
            entry("37", "山东", "Shandong"),
            entry("41", "河南", "Henan"),
            entry("42", "湖北", "Hubei"),
            entry("43", "湖南", "Hunan"),
            entry("44", "广东", "Guangdong"),
            entry("45", "广西", "Guangxi"),
            entry("46", "海南", "Hainan"),
            entry("50", "重庆", "Chongqing"),
            entry("51", "四川", "Sichuan"),
            entry("52", "贵州", "Guizhou"),
            entry("53", "云南", "Yunnan"),
            entry("54", "西藏", "Tibet"),
            entry("61", "陕西", "Shaanxi"),
            entry("62", "甘肃", "Gansu"),
            entry("63", "青海", "Qinghai"),
            entry("64", "宁夏", "Ningxia"),
            entry("65", "新疆", "Xinjiang"),
            entry("71", "台湾", "Taiwan"),
            entry("81", "香港", "Hong Kong"),
            entry("82", "澳门", "Macao"));

    private Regions() {}

    /** The region of a code, or null for one that is in none. */
    public static @Nullable Region of(String adcode) {
        return adcode.length() < 2 ? null : NAMES.get(adcode.substring(0, 2));
    }

    private static Map.Entry<String, Region> entry(String code, String zh, String en) {
        return Map.entry(code, new Region(zh, en));
    }

    /** A region's names. */
    public record Region(String zh, String en) {}
}
