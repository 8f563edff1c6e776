namespace RpcStore.ContractTest.Document;

/// <summary>A document cannot be tested with: it is no OpenRPC document, or refers to what it does not have.</summary>
/// <param name="message">What is wrong, and where in the document.</param>
public sealed class ContractDocumentException(string message) : Exception(message);
