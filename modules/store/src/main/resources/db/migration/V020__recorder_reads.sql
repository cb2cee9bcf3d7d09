-- A truck's recorder is read on demand; the block is a terminal_file.

alter table hw.command
    drop constraint command_kind_check,
    add constraint command_kind_check check (kind in ('TEXT', 'LOCATE', 'READ_PARAMETERS', 'SET_PARAMETERS', 'TERMINAL_CONTROL', 'DOORS',
        'PHOTO', 'TRACK', 'CONFIRM_ALARMS', 'CALL', 'LISTEN', 'SET_ZONE', 'DELETE_ZONE', 'READ_RECORDER'));
