package io.haulwatch.app.config;

/** The configuration is wrong; the message names key, value, rule and what to do. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
