package io.haulwatch.jt808.message;

/** Ids of the additional items (位置附加信息) of a position report, the one home of these numbers. */
public final class ItemId {
    /** Mileage (里程), DWORD, 0.1 km. */
    public static final int MILEAGE = 0x01;
    /** Fuel (油量), WORD, 0.1 L. */
    public static final int FUEL = 0x02;
    /** Recorder speed (行驶记录速度), WORD, 0.1 km/h. */
    public static final int RECORDER_SPEED = 0x03;
    /** Id of an alarm that wants manual confirmation, WORD. */
    public static final int CONFIRM_ALARM = 0x04;
    /** Tyre pressure, 30 bytes, 2019. */
    public static final int TYRE_PRESSURE = 0x05;
    /** Compartment temperature, WORD, °C, 2019. */
    public static final int TEMPERATURE = 0x06;
    /** Overspeed in an area or section. */
    public static final int OVERSPEED = 0x11;
    /** Area or route entered or left. */
    public static final int AREA = 0x12;
    /** Section driven too fast or too slowly. */
    public static final int SECTION_TIME = 0x13;
    /** Video alarms, JT/T 1078. */
    public static final int VIDEO_ALARM = 0x14;
    /** Video signal lost by channel, JT/T 1078. */
    public static final int VIDEO_LOST = 0x15;
    /** Video signal covered by channel, JT/T 1078. */
    public static final int VIDEO_COVERED = 0x16;
    /** Storage fault, JT/T 1078. */
    public static final int STORAGE_FAULT = 0x17;
    /** Abnormal driving, JT/T 1078. */
    public static final int ABNORMAL_DRIVING = 0x18;
    /** Extended vehicle signals, DWORD. */
    public static final int VEHICLE_SIGNALS = 0x25;
    /** IO state, WORD. */
    public static final int IO = 0x2A;
    /** Analog inputs, DWORD. */
    public static final int ANALOG = 0x2B;
    /** Network signal strength (信号强度), BYTE. */
    public static final int SIGNAL = 0x30;
    /** Satellites used (定位卫星数), BYTE. */
    public static final int SATELLITES = 0x31;

    /** Forward view (ADAS), T/JSATL 12. */
    public static final int ADAS = 0x64;
    /** Driver's state (DSM), T/JSATL 12. */
    public static final int DSM = 0x65;
    /** Tyre pressures (TPMS), T/JSATL 12. */
    public static final int TPMS = 0x66;
    /** Blind spots (BSD), T/JSATL 12. */
    public static final int BSD = 0x67;

    private ItemId() {}
}
