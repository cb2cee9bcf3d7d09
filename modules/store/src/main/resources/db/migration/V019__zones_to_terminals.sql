-- A truck's terminal is sent a zone, or told to forget it.

alter table hw.command
    drop constraint command_kind_check,
    add constraint command_kind_check check (kind in ('TEXT', 'LOCATE', 'READ_PARAMETERS', 'SET_PARAMETERS', 'TERMINAL_CONTROL', 'DOORS',
        'PHOTO', 'TRACK', 'CONFIRM_ALARMS', 'CALL', 'LISTEN', 'SET_ZONE', 'DELETE_ZONE'));
