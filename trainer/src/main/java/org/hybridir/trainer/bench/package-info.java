/**
 * Benchmarks that a person starts: what we do, beside the plain way of doing it, in one run. Nothing here is used by
 * anything else.
 */
package org.hybridir.trainer.bench;
