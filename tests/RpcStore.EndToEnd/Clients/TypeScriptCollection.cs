namespace RpcStore.EndToEnd.Clients;

/// <summary>Tests that share one build of the TypeScript package.</summary>
[CollectionDefinition]
public sealed class TypeScriptCollection : ICollectionFixture<TypeScriptPackageFixture>;
