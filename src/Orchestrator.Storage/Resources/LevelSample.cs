namespace Orchestrator.Storage.Resources;

/// <summary>What there was of a resource at a moment.</summary>
/// <param name="Available">Tokens in the bucket, or permits that nobody held; below zero while more were held than there were.</param>
/// <param name="Most">The capacity of the bucket, or all permits.</param>
public sealed record LevelSample(decimal Available, int Most);
