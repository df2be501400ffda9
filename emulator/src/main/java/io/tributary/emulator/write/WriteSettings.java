package io.tributary.emulator.write;

import io.tributary.emulator.engine.ChangeOptions;

/**
 * What an emulator's options say about the Storage Write API.
 *
 * @param deleteRows which columns a row that deletes must have
 */
public record WriteSettings(
    WriteLimits limits, WriteChoices choices, ChangeOptions.DeleteRows deleteRows) {}
