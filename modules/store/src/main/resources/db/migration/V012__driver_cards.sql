-- A driver's card names him by numbers that stand in the register, so a change of them is a change of what the rules read.

create trigger raises_reference_number
    after insert or delete or update of company_id, name, id_card, retired_at
    on hw.driver for each statement execute function hw.raise_reference_number();
