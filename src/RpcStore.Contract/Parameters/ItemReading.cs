namespace RpcStore.Contract.Parameters;

/// <summary>Reads the value that a reader stands on.</summary>
public delegate T ItemReading<T>(ref ParameterReader reader);
