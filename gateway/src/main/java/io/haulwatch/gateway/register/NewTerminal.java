package io.haulwatch.gateway.register;

/**
 * What a terminal said of itself in 0x0100 (终端注册).
 *
 * @param phone hex digits without leading zeros
 * @param maker maker id (制造商 ID), trimmed
 * @param model terminal model (终端型号), trimmed
 * @param terminalId terminal id (终端 ID), trimmed
 * @param plateColour plate colour (车牌颜色) as sent
 * @param plate plate (车牌), trimmed; the VIN if the colour is 0; may be empty
 * @param edition 2011, 2013 or 2019
 */
public record NewTerminal(
        String phone, String maker, String model, String terminalId, int plateColour, String plate, int edition) {}
