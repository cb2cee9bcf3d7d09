/** Numbers of certificates (证书编号) that a slip of the pen cannot turn into others. Start at {@link io.haulwatch.training.certificate.CertificateNumber}. */
@NullMarked
package io.haulwatch.training.certificate;

import org.jspecify.annotations.NullMarked;
