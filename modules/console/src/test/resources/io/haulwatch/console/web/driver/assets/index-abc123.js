// assets of the phone
