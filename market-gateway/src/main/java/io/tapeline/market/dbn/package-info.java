/**
 * Reads Databento Binary Encoding (DBN) files, versions 1 to 3, plain or zstd-compressed: schemas
 * mbo, mbp-1 and trades.
 */
@NullMarked
package io.tapeline.market.dbn;

import org.jspecify.annotations.NullMarked;
