package io.haulwatch.jt808.message;

import io.haulwatch.jt808.field.Gbk;
import io.haulwatch.model.register.PlateText;

/** The plate (车牌) of a registration as terminals really send it: padded, with separators, in UTF-8 where GBK is asked for. */
final class Plate {
    private static final String FIRST = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领港澳";

    private Plate() {}

    /**
     * Reads a plate without padding and separators. GBK first; many UTF-8 plates are valid GBK too, only not a plate, so what
     * begins like a plate wins, then what is valid at all.
     */
    static String read(byte[] bytes, int offset, int length) {
        String gbk = Gbk.strict(bytes, offset, length);
        if (gbk != null && beginsLikeAPlate(PlateText.plain(gbk))) {
            return PlateText.plain(gbk);
        }
        String utf8 = Gbk.strictUtf8(bytes, offset, length);
        if (utf8 != null && (gbk == null || beginsLikeAPlate(PlateText.plain(utf8)))) {
            return PlateText.plain(utf8);
        }
        return PlateText.plain(gbk != null ? gbk : Gbk.text(bytes, offset, length));
    }

    /** Colours in use: none, the five of JT/T 415, other, and the farm and gradient greens. */
    static boolean isColour(int colour) {
        return colour <= 5 || colour == 9 || (colour >= 91 && colour <= 94);
    }

    /** Letters, digits and Han characters only; empty is a truck without a plate. */
    static boolean isText(String plate) {
        return plate.codePoints().allMatch(Character::isLetterOrDigit);
    }

    private static boolean beginsLikeAPlate(String plate) {
        return plate.length() >= 2 && FIRST.indexOf(plate.charAt(0)) >= 0;
    }
}
