package io.haulwatch.training.certificate;

/**
 * ISO/IEC 7064 MOD 37,36, the hybrid system for letters and digits: one check character that is itself a letter or a digit. It finds every single
 * wrong character and nearly every two that changed places. The pure system MOD 37-2 finds all of the latter, but one check character in 37 is an
 * asterisk, which people leave out when they read a number over the telephone.
 */
final class CheckCharacter {
    static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static final int MODULUS = 36;

    private CheckCharacter() {}

    /** @param characters of the alphabet alone */
    static char of(String characters) {
        int product = MODULUS;
        for (int i = 0; i < characters.length(); i++) {
            int value = ALPHABET.indexOf(characters.charAt(i));
            if (value < 0) {
                throw new IllegalArgumentException("letters and digits only: characters=" + characters);
            }
            int sum = (product + value) % MODULUS;
            product = (sum == 0 ? MODULUS : sum) * 2 % (MODULUS + 1);
        }
        return ALPHABET.charAt((MODULUS + 1 - product) % MODULUS);
    }
}
