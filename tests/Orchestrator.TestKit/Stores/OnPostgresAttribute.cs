namespace Orchestrator.TestKit.Stores;

/// <summary>Marks a class whose store is PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnPostgresAttribute : Attribute;
