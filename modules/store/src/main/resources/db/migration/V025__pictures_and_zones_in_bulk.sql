-- Orders to many trucks: pictures and zones.

alter table hw.terminal_order
    drop constraint terminal_order_kind_check,
    add constraint terminal_order_kind_check check (kind in ('TEXT', 'READ_PARAMETERS', 'SET_PARAMETERS', 'TERMINAL_CONTROL', 'DOORS',
        'PHOTO', 'SET_ZONE', 'DELETE_ZONE'));
