/** Numbers of certificates (证书编号) that a slip of the pen cannot turn into others, and a ledger (台账) in which no row changes unseen. Start at
 * {@link io.haulwatch.training.certificate.CertificateNumber} and {@link io.haulwatch.training.certificate.LedgerHash}. */
@NullMarked
package io.haulwatch.training.certificate;

import org.jspecify.annotations.NullMarked;
