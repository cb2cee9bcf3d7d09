package io.haulwatch.console.personal;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A driver's name: masked for whoever may not see it, see {@link Sight}. In an {@link OfSomebody} only where that says so. */
@JacksonAnnotationsInside
@JsonSerialize(using = MaskedText.OfName.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.RECORD_COMPONENT})
public @interface DriverName {}
