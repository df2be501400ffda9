/** Quotas and limits of the service, as data; enforced only where asked for. */
package io.tributary.emulator.limits;
