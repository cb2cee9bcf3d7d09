-- Orders to many trucks: pictures, zones, closer reports and confirmed alarms.

alter table hw.terminal_order
    drop constraint terminal_order_kind_check,
    add constraint terminal_order_kind_check check (kind in ('TEXT', 'READ_PARAMETERS', 'SET_PARAMETERS', 'TERMINAL_CONTROL', 'DOORS',
        'PHOTO', 'TRACK', 'CONFIRM_ALARMS', 'SET_ZONE', 'DELETE_ZONE'));
