/** The REST API, version 2. */
package io.tributary.emulator.rest;
