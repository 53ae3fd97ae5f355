/**
 * The encoder under gradients. Begin with {@link org.hybridir.trainer.model.DualEncoder}, the weights and the program that
 * serves; {@link org.hybridir.trainer.model.TrainingStep} takes batches forward and back, {@link
 * org.hybridir.trainer.model.AdamW} changes the weights, {@link org.hybridir.trainer.model.Lora} trains adapters in place of
 * them. An {@link org.hybridir.trainer.model.Adapter} is what such a training leaves; {@link
 * org.hybridir.trainer.model.AdapterMerge} makes an encoder of it and its base, {@link
 * org.hybridir.trainer.model.AdapterAverage} one adapter of several, {@link
 * org.hybridir.trainer.model.LanguageDirections} are what an encoder can go without, and {@link org.hybridir.trainer.model.ShippedAdapters} are
 * those that come with this program.
 *
 * <p>PyTorch's arrays stay inside: what comes in are tokens, what goes out are numbers and {@link
 * org.hybridir.weights.TensorSource}s. What does not belong here: batches, schedules, and files other than an adapter's.
 */
package org.hybridir.trainer.model;
